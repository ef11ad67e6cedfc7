import PlatformDescription
import PlatformLowering
import Testing

/// The computed pools of a machine; an issue where it can't be lowered.
func computedPools(_ machine: VirtualMachine) -> [ComputedPool] {
  let lowering = Lowering(Platform("p") { machine })
  #expect(lowering.mistakes.isEmpty, "\(lowering.mistakes)")
  return lowering.machines.first?.pools ?? []
}

/// The computed pools of QEMU's machine with `elements`.
func computedPools(
  memory: ByteCount = .gib(1), @ComponentBuilder _ elements: () -> [Element]
) -> [ComputedPool] {
  let all = elements()
  return computedPools(
    VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: memory) { all })
}

/// What is wrong with QEMU's machine with `elements`.
func computedPoolMistakes(
  memory: ByteCount = .gib(1), @ComponentBuilder _ elements: () -> [Element]
) -> [Mistake] {
  let all = elements()
  return Lowering(
    Platform("p") {
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: memory) { all }
    }
  ).mistakes
}

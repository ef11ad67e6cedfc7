import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

/// The preset against the tree that QEMU itself writes.
@Suite("the preset of QEMU's virt machine for arm64")
struct QEMUVirtTests {
  struct Shape: CustomTestStringConvertible, Sendable {
    var machine: Machine
    var qemu: QEMUTree

    init(
      _ gic: Machine.GICVersion, _ cpus: Int, _ mebibytes: UInt64, its: Bool = true,
      highmem: Bool = true, virtualization: Bool = false, options more: String = "",
      cpu: (model: String, compatible: String)? = nil
    ) {
      machine = .qemuVirt(
        gic: gic, cpuCompatible: cpu?.compatible ?? "arm,cortex-a57", its: its, highmem: highmem,
        virtualization: virtualization)
      // QEMU has GICv4 for guests that run guests alone.
      let options = [
        gic == .v4 || virtualization ? ",virtualization=on" : "", its ? "" : ",its=off",
        highmem ? "" : ",highmem=off", more,
      ]
      qemu = QEMUTree(
        gic: gic == .v2 ? 2 : gic == .v3 ? 3 : 4, options: options.joined(),
        cpu: cpu?.model ?? "cortex-a57", cpus: cpus, mebibytes: mebibytes)
    }

    var testDescription: String { qemu.description }
  }

  static let shapes: [Shape] =
    processors + memory + options + models.map { Shape(.v3, 2, 1024, cpu: $0) }

  /// Around each edge: where a second cluster starts, where the first region of redistributors ends.
  static let processors: [Shape] = {
    var shapes = [1, 2, 7, 8].map { Shape(.v2, $0, 1024) }
    for cpus in [1, 2, 8, 15, 16, 17, 33, 122, 123, 124, 200, 511, 512] {
      shapes.append(Shape(.v3, cpus, 1024))
    }
    for cpus in [1, 8, 60, 61, 62, 200, 317] { shapes.append(Shape(.v4, cpus, 1024)) }
    return shapes
  }()

  /// From QEMU's own 128 MiB to half a terabyte, around where RAM reaches the devices behind it.
  static let memory: [Shape] = {
    let gibibyte: UInt64 = 1024
    var shapes = [128, 3 * gibibyte, 8 * gibibyte, 512 * gibibyte].map { Shape(.v2, 2, $0) }
    let sizes: [UInt64] = [
      128, 256, 3 * gibibyte, 4 * gibibyte, 254 * gibibyte, 255 * gibibyte, 255 * gibibyte + 1,
      512 * gibibyte,
    ]
    for size in sizes { shapes += [Shape(.v3, 4, size), Shape(.v3, 200, size)] }
    // As far as the addresses of the processors reach, what lies behind RAM goes with it.
    for size in [256, 300, 511, 512, 1000, 1022, 1023] as [UInt64] {
      shapes.append(Shape(.v3, 2, size * gibibyte, cpu: ("cortex-a53", "arm,cortex-a53")))
    }
    for size in [1024, 15_000, 16_000, 16_383] as [UInt64] {
      shapes.append(Shape(.v3, 2, size * gibibyte))
    }
    for model in models { shapes.append(Shape(.v3, 2, 700 * gibibyte, cpu: model)) }
    return shapes
  }()

  static let options = [
    Shape(.v3, 4, 1024, its: false), Shape(.v3, 4, 3072, highmem: false),
    Shape(.v3, 123, 256, its: false, highmem: false), Shape(.v2, 8, 3072, highmem: false),
    Shape(.v4, 4, 1024, its: false), Shape(.v2, 2, 1024, virtualization: true),
    Shape(.v3, 2, 1024, virtualization: true), Shape(.v2, 8, 256, highmem: false),
    Shape(.v3, 2, 3072, highmem: false, virtualization: true),
    // What changes nothing in the tree, or nothing that the machine has.
    Shape(.v3, 2, 1024, options: ",acpi=off"), Shape(.v3, 2, 1024, options: ",secure=off"),
    Shape(.v3, 2, 1024, options: ",ras=on,dtb-randomness=off"),
    Shape(.v2, 1, 1024, options: ",acpi=off,default-bus-bypass-iommu=on"),
  ]

  static let models = [
    ("cortex-a35", "arm,cortex-a35"), ("cortex-a53", "arm,cortex-a53"),
    ("cortex-a72", "arm,cortex-a72"), ("cortex-a76", "arm,cortex-a76"), ("a64fx", "arm,a64fx"),
    ("neoverse-n1", "arm,neoverse-n1"), ("max", "arm,cortex-a57"),
  ]

  @Test("agrees with the dumped tree node by node", .requires(.qemuArm), arguments: shapes)
  func agrees(shape: Shape) throws {
    let lowered = try lower(
      shape.machine, cpus: shape.qemu.cpus, mebibytes: shape.qemu.mebibytes, slots: 32)
    TreeComparison(
      ours: lowered, theirs: try FlattenedTree(shape.qemu.dump()),
      leftOut: described(shape).leftOut,
      differing: shape.machine.gic == .v2
        ? ["/intc@8000000 interrupts": "QEMU doesn't say which processors the PPI is wired to"]
        : [:]
    ).expectAgreement()
  }

  @Test(
    "agrees where there is firmware, with ACPI and without", .requires(.qemuArm),
    arguments: [false, true], [false, true])
  func firmware(isFlash: Bool, acpi: Bool) throws {
    let scratch = try ScratchDirectory()
    var arguments: [String]
    if isFlash {
      let image = try scratch.write([UInt8](repeating: 0, count: 64 << 20), to: "flash.img")
      arguments = ["-drive", "if=pflash,format=raw,readonly=on,file=\(image)"]
    } else {
      arguments = ["-bios", try scratch.write([UInt8](repeating: 0, count: 1 << 16), to: "bios")]
    }
    let dump = try QEMUTree(
      gic: 3, options: acpi ? "" : ",acpi=off", cpus: 2, arguments: arguments
    ).dump()
    let machine = Machine.qemuVirt(gic: .v3, firmware: acpi)
    TreeComparison(
      ours: try lower(machine, cpus: 2, mebibytes: 1024, slots: 32),
      theirs: try FlattenedTree(dump), leftOut: machine.leftOut
    ).expectAgreement()
  }

  /// The machine as a description with its processors and its memory has it.
  private func described(_ shape: Shape) -> Machine {
    var machine = shape.machine
    machine.cpus = shape.qemu.cpus
    machine.memory = .mib(shape.qemu.mebibytes)
    return machine
  }

  @Test(
    "refuses what QEMU refuses", .requires(.qemuArm),
    arguments: [
      Shape(.v2, 9, 1024), Shape(.v3, 513, 1024), Shape(.v4, 318, 1024),
      Shape(.v3, 124, 1024, highmem: false), Shape(.v3, 2, 3073, highmem: false),
      Shape(.v3, 2, 1024 << 10, cpu: ("cortex-a53", "arm,cortex-a53")),
      Shape(.v3, 2, 16_384 << 10),
      Shape(.v3, 124, 1023 << 10, cpu: ("cortex-a53", "arm,cortex-a53")),
    ])
  func refuses(shape: Shape) throws {
    #expect(throws: QEMUTree.Failure.self) { try shape.qemu.dump() }
    let lowering = lowering(
      shape.machine, cpus: shape.qemu.cpus, mebibytes: shape.qemu.mebibytes, slots: 0)
    #expect(lowering.machines.isEmpty)
    #expect(lowering.mistakes.count == 1)
  }

  @Test("fills the slots from the lowest, around windows that were placed by hand")
  func slots() throws {
    let platform = Platform("p") {
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
        VirtioMMIO(.block)
        VirtioMMIO(.block, at: 0x0a00_0200, interrupt: .spi(17, .edgeRising))
        VirtioMMIO(.network())
      }
    }
    let lowered = try #require(Lowering(platform).machines.first)
    #expect(lowered.devices.map(\.slot) == [0, 1, 2])
    #expect(
      lowered.devices.map(\.path) == [
        "/virtio_mmio@a000000", "/virtio_mmio@a000200", "/virtio_mmio@a000400",
      ])
  }

  @Test("has 32 slots and no more")
  func tooManyDevices() {
    let lowering = lowering(.qemuVirt(gic: .v3), cpus: 1, mebibytes: 1024, slots: 33)
    #expect(lowering.mistakes.map(\.id) == ["description/no-slot-left"])
  }
}

/// A machine whose slots hold devices.
func lowering(
  _ machine: Machine, cpus: Int, mebibytes: UInt64, slots: Int
) -> Lowering {
  Lowering(
    Platform("p") {
      VirtualMachine("guest", on: machine, cpus: cpus, memory: .mib(mebibytes)) {
        for _ in 0..<slots { VirtioMMIO(.block) }
      }
    })
}

/// The tree of a machine whose slots hold devices.
func lower(
  _ machine: Machine, cpus: Int, mebibytes: UInt64, slots: Int
) throws -> FlattenedTree {
  let lowering = lowering(machine, cpus: cpus, mebibytes: mebibytes, slots: slots)
  #expect(lowering.mistakes == [])
  let lowered = try #require(lowering.machines.first)
  return try FlattenedTree(lowered.tree.flattened())
}

import GuestView

extension CloudHypervisorArguments {
  /// Makes RAM of zones, of which those that are shared are files.
  ///
  /// Zones lie one behind the other from the first address of RAM.
  ///
  /// **Source:** Cloud Hypervisor `docs/memory.md`; `vmm/src/memory_manager.rs`, `create_memory_regions_from_zones`;
  /// `arch/src/aarch64/layout.rs`, `arch/src/x86_64/layout.rs`, `arch/src/riscv64/layout.rs`.
  static func add(
    _ memory: HostedMemory, _ architecture: String, to arguments: inout VMMArguments
  ) {
    guard let first = memory.shares.first else { return }
    guard let ram = ram(of: architecture) else {
      arguments.differ(
        at: first.node, "where Cloud Hypervisor's machine has RAM isn't known here")
      return
    }
    let parts: MemoryParts
    do { parts = try MemoryParts(memory, from: ram.first, below: ram.end) } catch {
      arguments.differ(at: first.node, "Cloud Hypervisor \(error.reason)")
      return
    }
    arguments.words += ["--memory", "size=0", "--memory-zone"]
    for (index, part) in parts.parts.enumerated() {
      switch part {
      case .own(let size): arguments.words.append("id=ram\(index),size=\(size)")
      case .shared(let share):
        arguments.words.append(
          "id=share\(index),size=\(share.range.size),file=\(share.file),shared=on")
        arguments.need(
          share, "--memory-zone", "share\(index)",
          making: "make it with 'truncate -s \(share.range.size)'")
        if share.isPool {
          arguments.differ(
            at: share.node, "Cloud Hypervisor makes the guest's tree itself, without a pool in it")
        }
      }
    }
    guard parts.surplus > 0 else { return }
    arguments.differ(
      at: first.node,
      "Cloud Hypervisor gives the machine \(ByteText.size(parts.surplus)) more RAM, so that the share lies where it has to"
    )
  }

  private static func ram(of architecture: String) -> (first: UInt64, end: UInt64)? {
    switch architecture {
    case "arm64": (0x4000_0000, 0xfc00_0000)
    case "x86_64": (0, 0xc000_0000)
    default: nil
    }
  }
}

import GuestView

extension QEMUArguments {
  /// Makes RAM of parts, of which those that are shared are files.
  ///
  /// The RAM of nodes of NUMA is laid out in their order. Linux finds them in the tree that QEMU rewrites, and uses the
  /// memory of all.
  ///
  /// **Source:** QEMU 7.2 `hw/core/numa.c`, `numa_init_memory_layout`; `backends/hostmem-file.c`;
  /// `include/sysemu/numa.h`, `MAX_NODES`.
  mutating func add(_ memory: HostedMemory) {
    guard let first = memory.shares.first else { return }
    guard let ram = board.ram else {
      arguments.differ(
        at: first.node,
        "QEMU can't make RAM of this machine of parts, so that a share is memory of its own in each"
      )
      return
    }
    let parts: MemoryParts
    do { parts = try MemoryParts(memory, from: ram.first, below: ram.end) } catch {
      arguments.differ(at: first.node, "QEMU's machine \(error.reason)")
      return
    }
    let unit: UInt64 = 0x2000
    guard parts.parts.count <= 128, parts.parts.allSatisfy({ $0.size % unit == 0 }) else {
      arguments.differ(
        at: first.node,
        "QEMU makes RAM of 128 parts at most, each of which is a multiple of 8 KiB")
      return
    }
    arguments.words += ["-m", Self.size(parts.size)]
    var names: [String] = []
    for (index, part) in parts.parts.enumerated() {
      switch part {
      case .own(let size):
        names.append("ram\(index)")
        arguments.words += ["-object", "memory-backend-ram,id=ram\(index),size=\(Self.size(size))"]
      case .shared(let share):
        names.append("share\(index)")
        arguments.words += [
          "-object",
          "memory-backend-file,id=share\(index),size=\(Self.size(part.size)),mem-path=\(share.file),share=on",
        ]
        arguments.need(
          share, "-object", "share\(index)", making: "whichever starts first makes it")
      }
    }
    for (index, name) in names.enumerated() {
      arguments.words += ["-numa", "node,nodeid=\(index),memdev=\(name)"]
    }
    guard parts.surplus > 0 else { return }
    arguments.differ(
      at: first.node,
      "QEMU gives the machine \(ByteText.size(parts.surplus)) more RAM, so that the share lies where it has to"
    )
  }

  /// In the largest unit that divides it.
  private static func size(_ bytes: UInt64) -> String {
    bytes % (1 << 20) == 0 ? "\(bytes >> 20)M" : "\(bytes >> 10)K"
  }
}

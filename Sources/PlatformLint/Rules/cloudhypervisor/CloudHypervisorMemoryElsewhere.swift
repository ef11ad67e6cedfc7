import DeviceTree
import Diagnostics
import GuestView

/// Cloud Hypervisor's memory has a hole below 4 GiB.
enum CloudHypervisorMemoryElsewhere: TargetRule {
  static let id = "cloudhypervisor/memory-elsewhere"
  static let profile: TargetName? = .cloudHypervisor
  static let severity = Severity.error
  static let summary = "the memory is not where Cloud Hypervisor puts it"
  static let rationale = """
    Memory starts at 0x40000000. What doesn't fit below 0xfc000000 continues at 4 GiB, since the 64 MiB between them \
    are kept. Cloud Hypervisor panics where its own memory is laid out otherwise.
    """
  static let consequence = "the guest has other memory than the tree says"
  static let help = "describe up to 3008 MiB from 0x40000000 on, and the rest from 0x100000000 on"
  static let sources = [
    Source.cloudHypervisor("arch/src/aarch64/fdt.rs", "create_memory_node"),
    .cloudHypervisor(
      "arch/src/aarch64/layout.rs", "RAM_START, MEM_32BIT_RESERVED_START, RAM_64BIT_START"),
  ]
  static let good = [
    Example(
      in: .cloudHypervisor,
      """
      &memory {
        reg = <0x0 0x40000000 0x0 0xbc000000>;
      };

      / {
        memory@100000000 {
          device_type = "memory";
          reg = <0x1 0x0 0x0 0x40000000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      in: .cloudHypervisor,
      "&memory {\n  reg = <0x0 0x40000000 0x1 0x0>;  // finding\n};"),
    Example(
      in: .cloudHypervisor,
      """
      / {
        /delete-node/ memory@40000000;

        memory@80000000 {
          device_type = "memory";
          reg = <0x0 0x80000000 0x0 0x40000000>;  // finding
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64 else { return }
    let banks = view.memory.sorted { $0.range.first < $1.range.first }
    guard let first = banks.first else { return }
    if first.range.first != CloudHypervisor.memoryStart {
      report(
        "the memory of the machine is elsewhere", at: .bank(first), found: first.range.first.hex,
        expected: CloudHypervisor.memoryStart.hex)
      return
    }
    let hole = CloudHypervisor.hole
    for bank in banks where bank.range.first < hole.upperBound && bank.range.last >= hole.lowerBound
    {
      report(
        "the machine has no memory there", at: .bank(bank),
        found: "\(bank.range.first.hex) to \(bank.range.last.hex)",
        expected: "none from \(hole.lowerBound.hex) on, below \(hole.upperBound.hex)")
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// The `reg` of an arm64 CPU has the affinity fields of an MPIDR and nothing else.
enum CPUAddressInvalid: Rule {
  static let id = "guest/cpu-address-invalid"
  static let severity = Severity.error
  static let summary = "reg of an arm64 CPU is no MPIDR affinity"
  static let rationale = """
    The number consists of Aff0 to Aff2 in the low 24 bits and Aff3 in bits 32 to 39. Bit 31 and the \
    other flags of the register are not part of it.
    """
  static let consequence = "the guest does not use the CPU, without a word"
  static let help = "write the affinity fields of the CPU's MPIDR, without its flags"
  static let sources = [
    Source.linux("arch/arm64/kernel/smp.c", "of_parse_and_init_cpus"), .binding("arm/cpus.yaml"),
  ]
  static let good = [Example(example("100", "<0x100>;"))]
  static let bad = [
    Example(example("80000001", "<0x80000001>;  // finding")),
    Example(
      """
      / {
        cpus {
          cpu@1 {  // finding
            device_type = "cpu";
            compatible = "arm,cortex-a57";
            enable-method = "psci";
          };
        };
      };
      """),
  ]

  private static func example(_ unitAddress: String, _ reg: String) -> String {
    """
    / {
      cpus {
        cpu@\(unitAddress) {
          device_type = "cpu";
          compatible = "arm,cortex-a57";
          reg = \(reg)
          enable-method = "psci";
        };
      };
    };
    """
  }

  /// `MPIDR_HWID_BITMASK`.
  private static let affinity: UInt64 = 0xff_00ff_ffff

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64 else { return }
    for cpu in view.cpus {
      guard let property = cpu.property else {
        report("the CPU has no reg", at: .node(cpu.node), expected: "its MPIDR affinity")
        continue
      }
      if let id = cpu.hardwareID, id & ~affinity == 0 { continue }
      report(
        "reg is no MPIDR affinity", at: .property(property),
        found: cpu.hardwareID.map(ByteText.hex) ?? ByteText.size(property.count),
        expected: "bits of \(ByteText.hex(affinity)) alone")
    }
  }
}

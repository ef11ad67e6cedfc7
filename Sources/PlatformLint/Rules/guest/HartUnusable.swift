import DeviceTree
import Diagnostics
import GuestView

/// A hart has what Linux looks for before it uses one.
enum HartUnusable: Rule {
  static let id = "guest/hart-unusable"
  static let severity = Severity.error
  static let summary = """
    a RISC-V CPU lacks riscv in its compatible, its ID, or instructions that Linux needs
    """
  static let rationale = """
    A kernel uses a CPU that lists riscv as compatible, tells its hart ID in reg, and has at \
    least the integer instructions with multiplication and atomics: riscv,isa starts with \
    rv64ima, or riscv,isa-base is rv64i and riscv,isa-extensions has i, m and a.
    """
  static let consequence = "the guest does not use the hart, and without any it does not boot"
  static let logLine: String? = "Found incompatible CPU"
  static let help = """
    write compatible = "riscv", reg with the hart ID, and all extensions of the hart
    """
  static let sources = [
    Source.linux("arch/riscv/kernel/cpu.c", "riscv_early_of_processor_hartid"),
    .linux("arch/riscv/kernel/smpboot.c", "of_parse_and_init_cpus"),
    .binding("riscv/cpus.yaml"),
  ]
  static let good = [
    Example(
      in: .riscv,
      """
      &hart {
        compatible = "sifive,u74", "riscv";
        riscv,isa = "RV64IMAFDC";
      };
      """)
  ]
  static let bad = [
    Example(
      in: .riscv,
      """
      &hart {
        compatible = "sifive,u74";  // finding
      };
      """),
    Example(
      in: .riscv,
      """
      &hart {
        riscv,isa = "rv64i";  // finding
      };
      """),
    Example(
      in: .riscv,
      """
      &hart {
        riscv,isa = "rv32imac";  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .riscv64 else { return }
    for cpu in view.cpus {
      if !cpu.node.isCompatible("riscv") {
        report(
          "the CPU does not say that it is a hart",
          at: cpu.node.property("compatible").map(Spot.property) ?? .node(cpu.node),
          expected: "\"riscv\" in compatible")
      }
      if cpu.property == nil {
        report("the hart has no ID", at: .node(cpu.node), expected: "reg")
      }
      guard let (property, found, expected) = lack(of: cpu.node) else { continue }
      report(
        "the hart lacks instructions that Linux needs", at: .property(property), found: found,
        expected: expected)
    }
  }

  /// What says that instructions are missing; nil where they are there, or nothing is said.
  private static func lack(
    of node: FlattenedTree.Node
  ) -> (property: FlattenedTree.Property, found: String?, expected: String)? {
    if let base = node.property("riscv,isa-base"),
      let extensions = node.property("riscv,isa-extensions")
    {
      if !(base.string?.lowercased().hasPrefix("rv64i") ?? false) {
        return (base, base.string.map { "\"\($0)\"" }, "\"rv64i\"")
      }
      let names = extensions.strings ?? []
      let missing = ["i", "m", "a"].filter { !names.contains($0) }
      return missing.isEmpty
        ? nil : (extensions, "no " + missing.joined(separator: ", "), "\"i\", \"m\", \"a\"")
    }
    guard let isa = node.property("riscv,isa"),
      !(isa.string?.lowercased().hasPrefix("rv64ima") ?? false)
    else { return nil }
    return (isa, isa.string.map { "\"\($0)\"" }, "\"rv64ima\" and more")
  }
}

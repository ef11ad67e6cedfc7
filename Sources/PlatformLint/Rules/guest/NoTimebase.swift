import DeviceTree
import Diagnostics
import GuestView

/// A RISC-V guest must be told the frequency of its timer.
enum NoTimebase: Rule {
  static let id = "guest/no-timebase"
  static let severity = Severity.error
  static let summary = "/cpus of a RISC-V guest has no timebase-frequency, or 0"
  static let rationale = """
    The counter of a hart does not tell how fast it counts. The guest reads that from /cpus before \
    it does anything with time, and gives up without it.
    """
  static let consequence = "the guest panics early in its boot, or with 0 its time stands still"
  static let logLine: String? =
    "Kernel panic - not syncing: RISC-V system with no 'timebase-frequency' in DTS"
  static let help = "write timebase-frequency, in hertz, in /cpus"
  static let sources = [
    Source.linux("arch/riscv/kernel/time.c", "time_init"), .binding("riscv/cpus.yaml"),
  ]
  static let good = [
    Example(
      in: .riscv,
      """
      &cpus {
        timebase-frequency = <10000000>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .riscv,
      """
      &cpus {  // finding
        /delete-property/ timebase-frequency;
      };
      """),
    Example(
      in: .riscv,
      """
      &cpus {
        timebase-frequency = <0>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .riscv64, let cpus = view.tree.root.child("cpus") else { return }
    let property = cpus.property("timebase-frequency")
    guard (property?.cell(0) ?? 0) == 0 else { return }
    report(
      "the frequency of the timer is not told",
      at: property.map(Spot.property) ?? .node(cpus),
      found: property?.cell(0).map { "\($0)" }, expected: "timebase-frequency, in hertz")
  }
}

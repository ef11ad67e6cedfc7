import DeviceTree
import Diagnostics
import GuestView

/// The initial RAM disk needs a start and an end behind it.
enum InitrdMalformed: Rule {
  static let id = "guest/initrd-malformed"
  static let severity = Severity.error
  static let summary = "linux,initrd-start and linux,initrd-end make no range"
  static let rationale = """
    The guest takes the RAM disk from the two properties together, and ignores both where one is \
    missing or the start does not lie in front of the end. A boot that needs the disk then finds \
    no root.
    """
  static let consequence = "the guest has no initial RAM disk, without a word"
  static let help = "write both, the end one past the last byte, with one or two cells each"
  static let sources = [Source.linux("drivers/of/fdt.c", "early_init_dt_check_for_initrd")]
  static let good = [
    Example(
      """
      &chosen {
        linux,initrd-start = <0x0 0x48000000>;
        linux,initrd-end = <0x48100000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &chosen {
        linux,initrd-start = <0x0 0x48000000>;  // finding
      };
      """),
    Example(
      """
      &chosen {
        linux,initrd-start = <0x0 0x48100000>;  // finding
        linux,initrd-end = <0x0 0x48000000>;
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let chosen = view.tree.root.child("chosen"), view.initialRAMDisk == nil else { return }
    let start = chosen.property("linux,initrd-start")
    let end = chosen.property("linux,initrd-end")
    guard let property = start ?? end else { return }
    let other = start == nil ? "linux,initrd-start" : "linux,initrd-end"
    guard let start, let end else {
      report(
        "\(other) is missing", at: .property(property), expected: "a start and an end")
      return
    }
    let first = start.number(at: 0, cells: start.cellCount)
    let last = end.number(at: 0, cells: end.cellCount)
    // Both zero is how some loaders say that there is none.
    if first == 0, last == 0 { return }
    report(
      "the start and the end make no range", at: .property(start),
      found:
        "\(first.map(ByteText.hex) ?? "no number") to \(last.map(ByteText.hex) ?? "no number")",
      expected: "a start in front of the end", related: [Party("is the end", at: .property(end))])
  }
}

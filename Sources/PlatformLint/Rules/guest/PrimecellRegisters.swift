import DeviceTree
import Diagnostics
import GuestView

/// A PrimeCell has its identification in the last 32 bytes of its registers.
enum PrimecellRegisters: Rule {
  static let id = "guest/primecell-registers"
  static let severity = Severity.error
  static let summary = "the registers of a PrimeCell do not end with its identification"
  static let rationale = """
    Before an AMBA device gets a driver, Linux reads what it is from the last 32 bytes of its \
    reg. For the PrimeCells of a virtual machine that is at 0xfe0, so reg has 0x1000 bytes. With \
    another size something else is read, or nothing is there to be read.
    """
  static let consequence = """
    the guest panics or oopses when it reads where nothing is, or no driver knows the device
    """
  static let logExample: String? = "Internal error: synchronous external abort"
  static let help = "make the size in reg 0x1000"
  static let exceptions = """
    Nodes with arm,primecell-periphid, of which nothing is read; and more than 0x1000 bytes of others \
    than the pl011, pl031 and pl061, whose registers may repeat in their window.
    """
  static let sources = [
    Source.linux("drivers/amba/bus.c", "amba_read_periphid", "amba_device_add"),
    .linux("drivers/of/platform.c", "of_amba_device_create"),
    .observed(
      "a pl011 of 0x10000 bytes: panic in amba_read_periphid; 0x200: no console; 0: amba_device_add() failed"
    ),
  ]
  static let good = [
    Example(
      """
      &serial {
        reg = <0x0 0x9000000 0x0 0x1000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &serial {
        reg = <0x0 0x9000000 0x0 0x10000>;  // finding
      };
      """),
    Example(
      """
      &serial {
        reg = <0x0 0x9000000 0x0 0x200>;  // finding
      };
      """),
  ]

  /// Those that a VMM has, with nothing behind their identification.
  private static let knownSizes = ["arm,pl011", "arm,pl031", "arm,pl061"]

  /// The size of those.
  private static let size: UInt64 = 0x1000

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in view.nodes(compatibleWith: "arm,primecell") where view.isInstantiated(node) {
      guard !node.has("arm,primecell-periphid"), let first = view.registers(of: node).first,
        let found = first.size, let compatible = node.property("compatible"),
        found < size || found > size && knownSizes.contains(where: compatible.listsCompatible)
      else { continue }
      report(
        found < size
          ? "the registers end before the identification of the PrimeCell"
          : "the registers end behind the identification of the PrimeCell",
        at: .cells(first.property, first.sizeCells, "reg[0].size"),
        found: ByteText.hexAndSize(found),
        expected: ByteText.hexAndSize(size))
    }
  }
}

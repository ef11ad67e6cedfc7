import DeviceTree
import Diagnostics
import GuestView

/// The resource manager lays the guest's memory out as its configuration says.
enum LayoutRefused: TargetRule {
  static let id = "gunyah/layout-refused"
  static let profile: TargetName? = .gunyah
  static let severity = Severity.error
  static let summary = "the addresses or sizes of /gunyah-vm-config/memory are refused, or moved"
  static let rationale = """
    The addresses in /gunyah-vm-config/memory are whole pages of 4 KiB, and neither the memory nor the firmware may \
    end behind all addresses. A base that is no multiple of 2 MiB is rounded up, and the memory of the tree no longer \
    starts there.
    """
  static let consequence =
    "the resource manager refuses the guest, and the VMM is told no more than ENODEV"
  static let logLine: String? = "base-address invalid alignment"
  static let help = "write the addresses that the VMM uses, in multiples of 2 MiB"
  static let exceptions = "A base that is merely rounded up is a warning."
  static let sources = [
    Source.gunyah("src/vm_config/vm_config_parser.c", "parse_vm_memory")
  ]
  static let good = [example("base-address = <0x0 0x80000000>;")]
  static let bad = [
    example("base-address = <0x0 0x80000800>;  // finding"),
    example("base-address = <0x0 0x80001000>;  // finding"),
    example("size-max = <0xffffffff 0xfffff800>;  // finding"),
    example(
      "base-address = <0x0 0x80000000>;\n      size-max = <0xffffffff 0xfffff000>;  // finding"),
  ]

  private static func example(_ properties: String) -> Example {
    Example(
      in: .protected,
      """
      / {
        gunyah-vm-config {
          image-name = "crosvm-vm";

          memory {
            #address-cells = <2>;
            #size-cells = <2>;
            \(properties)
          };
        };
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let node = GunyahConfig.node(in: view)?.child("memory") else { return }
    // Cells are those of the nodes above, which count two each wherever crosvm wrote them.
    let base = check("base-address", of: node, &report)
    check("size-min", of: node, &report)
    checkEnd("size-max", from: base ?? 0, of: node, &report)
    let firmware = check("firmware-address", of: node, &report)
    checkEnd("firmware-size-max", from: firmware ?? 0, of: node, &report)
    guard let base, let property = node.property("base-address"),
      base % GunyahConfig.pageSize == 0, base % GunyahConfig.blockSize != 0
    else { return }
    report(
      "the base is rounded up", at: .property(property), found: base.hex,
      expected: "a multiple of \(GunyahConfig.blockSize.hex)", severity: .warning,
      log: .line("Warning: base-address not 2MB aligned, aligning up"))
  }

  private static func checkEnd(
    _ name: String, from base: UInt64, of node: FlattenedTree.Node, _ report: inout Reporter
  ) {
    guard let size = check(name, of: node, &report), size % GunyahConfig.pageSize == 0,
      base.addingReportingOverflow(size).overflow, let property = node.property(name)
    else { return }
    report(
      "there are fewer addresses behind the base", at: .property(property), found: size.hex,
      log: .line("\(name) too large for base-address"))
  }

  /// The number of two cells that is called `name`; reported where it is not whole pages.
  @discardableResult
  private static func check(
    _ name: String, of node: FlattenedTree.Node, _ report: inout Reporter
  ) -> UInt64? {
    guard let property = node.property(name), property.count == 8,
      let number = property.number(at: 0, cells: 2)
    else { return nil }
    if number % GunyahConfig.pageSize != 0 {
      report(
        "this is not whole pages", at: .property(property), found: number.hex,
        expected: "a multiple of \(GunyahConfig.pageSize.hex)",
        // The firmware's address has the line of the memory's.
        log: .line("\(name == "firmware-address" ? "base-address" : name) invalid alignment"))
    }
    return number
  }
}

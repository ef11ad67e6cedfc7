import DeviceTree
import Diagnostics
import GuestView

/// A device that Xen passes on needs the host's registers and the host's node.
enum PassthroughRefused: TargetRule {
  static let id = "xen/passthrough-refused"
  static let profile: TargetName? = .xenDom0less
  static let severity = Severity.error
  static let summary = "a device in /passthrough lacks what Xen needs, or isn't whole pages"
  static let rationale = """
    In a partial tree, xen,reg of a device lists where its registers are on the host, their size, and where the guest \
    sees them; xen,path is the device's node in the host's tree. Xen takes neither without the other, unless \
    xen,force-assign-without-iommu says so, and maps pages of 4 KiB.
    """
  static let consequence =
    "the hypervisor panics with 'Could not set up domain', and neither this guest nor any other starts"
  static let logLine: String? = "xen,reg or xen,path missing for d1"
  static let help = "write both, and pages"
  static let sources = [
    Source.xen("arch/arm/dom0less-build.c", "handle_prop_pfdt", "handle_passthrough_prop"),
    .program("Xen", "docs/misc/arm/passthrough.txt"),
  ]
  static let good = [
    example("xen,reg = <0x0 0xff0a0000 0x0 0x1000 0x0 0xb000000>;\n    xen,path = \"/axi/serial\";")
  ]
  static let bad = [
    example("xen,reg = <0x0 0xff0a0000 0x0 0x1000 0x0 0xb000000>;  // finding"),
    example("xen,path = \"/axi/serial\";  // finding"),
    example(
      "xen,reg = <0x0 0xff0a0000 0x0 0x100 0x0 0xb000000>;  // finding\n    xen,path = \"/axi/serial\";"
    ),
  ]

  private static func example(_ properties: String) -> Example {
    Example(
      """
      / {
        passthrough {
          compatible = "simple-bus";
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;

          serial@b000000 {
            compatible = "example,device";
            reg = <0x0 0xb000000 0x0 0x1000>;
            \(properties.replacing("\n    ", with: "\n      "))
          };
        };
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let root = view.tree.root.children.first(where: { $0.isNamed("passthrough") }) else {
      return
    }
    for node in [root] + root.descendants where node.has("xen,reg") || node.has("xen,path") {
      let isForced = node.has("xen,force-assign-without-iommu")
      guard let registers = node.property("xen,reg") else {
        if let path = node.property("xen,path") {
          report("there is no xen,reg beside it", at: .property(path))
        }
        continue
      }
      guard node.has("xen,path") || isForced else {
        report("there is no xen,path beside it", at: .property(registers))
        continue
      }
      check(registers, of: node, &report)
    }
  }

  private static func check(
    _ registers: FlattenedTree.Property, of node: FlattenedTree.Node, _ report: inout Reporter
  ) {
    // Xen counts as the parent itself says, or two and one.
    let address = node.parent?.property("#address-cells")?.cell(0).map { Int(min($0, 8)) } ?? 2
    let size = node.parent?.property("#size-cells")?.cell(0).map { Int(min($0, 8)) } ?? 1
    guard (1...2).contains(address), (1...2).contains(size) else { return }
    let stride = 2 * address + size
    for entry in 0..<(registers.cellCount / stride) {
      let first = entry * stride
      let numbers = [
        registers.number(at: first, cells: address),
        registers.number(at: first + address, cells: size),
        registers.number(at: first + address + size, cells: address),
      ].compactMap(\.self)
      if numbers.allSatisfy({ $0 % XenShare.pageSize == 0 }) { continue }
      report(
        "this is not whole pages", at: .element(registers, entry, cells: first..<(first + stride)),
        found: numbers.map(\.hex).joined(separator: ", "),
        expected: "multiples of \(XenShare.pageSize.hex)",
        log: .line("DomU passthrough config has not page aligned addresses/sizes"))
    }
  }
}

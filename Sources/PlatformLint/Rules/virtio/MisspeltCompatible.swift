import DeviceTree
import Diagnostics
import GuestView

/// The `compatible` of a virtio-mmio device is `virtio,mmio`.
enum MisspeltCompatible: Rule {
  static let id = "virtio/misspelt-compatible"
  static let severity = Severity.error
  static let summary = "the compatible of a node is nearly virtio,mmio"
  static let rationale = "Linux binds its driver to virtio,mmio and to nothing else."
  static let consequence = "the device does not exist to the guest, without a word"
  static let help = "write compatible = \"virtio,mmio\""
  static let sources = [
    Source.binding("virtio/mmio.yaml"),
    .linux("drivers/virtio/virtio_mmio.c", "virtio_mmio_match"),
    .observed("with virtio-mmio the device is silently absent"),
  ]
  static let good = [
    Example(
      """
      &disk {
        compatible = "virtio,mmio";
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        compatible = "virtio-mmio";  // finding
      };
      """),
    Example(
      """
      &disk {
        compatible = "virtio,mimo";  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in suspects(in: view) {
      guard let property = node.property("compatible"), view.isEnabled(node),
        !property.listsCompatible("virtio,mmio"),
        let text = Spelling.near("virtio,mmio", edits: 2, in: property)
      else { continue }
      report(
        "no driver knows this compatible", at: .property(property), found: "\"\(text)\"",
        expected: "\"virtio,mmio\"")
    }
  }

  private static let right = WordList(["virtio,mmio"], edits: 2)

  /// The nodes with a string that is nearly the right one, in document order.
  private static func suspects(in view: GuestView) -> NodeList {
    let texts = (0..<view.compatibles.count).filter { number in
      let range = view.compatibles.byteRange(of: number)
      guard (9...13).contains(range.count) else { return false }
      let text = view.tree.bytes[range].map { byte in
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
      }
      return right.near(text.span) != nil
    }
    return view.compatibles.nodes(ofAny: texts)
  }
}

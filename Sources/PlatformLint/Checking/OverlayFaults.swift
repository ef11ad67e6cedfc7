import DeviceTree
import GuestView

/// How a place that is not in an overlay is told of.
enum OverlayFaults {
  /// What is wrong; nil for what isn't a place at all.
  static func text(of fault: OverlayTree.Fault) -> String? {
    switch fault {
    case .malformed: nil
    case .withoutNode: "the overlay has no such node"
    case .withoutProperty(let node): "\(node.name) has no such property"
    case .behindEnd(let property, let offset):
      "the value of \(property.name) has \(ByteText.size(property.count)), and the place starts at "
        + "\(offset)"
    }
  }

  static func parties(_ fault: OverlayTree.Fault) -> [Party] {
    switch fault {
    case .malformed, .withoutNode: []
    case .withoutProperty(let node): [Party("lacks the property", at: .node(node))]
    case .behindEnd(let property, _): [Party("is shorter", at: .property(property))]
    }
  }
}

import DeviceTree
import GuestView

/// How a controller at fault is told of.
enum ControllerFaults {
  /// `devices` are those that depend on it: `of disk@a000000`, with a space in front.
  static func message(_ fault: ControllerFault, of devices: String = "") -> String {
    switch fault.kind {
    case .disabled: "the interrupt controller\(devices) is disabled"
    case .unknown: "no driver knows the interrupt controller\(devices)"
    }
  }

  static func expected(_ fault: ControllerFault) -> String {
    switch fault.kind {
    case .disabled: "an enabled interrupt controller"
    case .unknown: "as \"arm,gic-v3\", \"arm,gic-400\", \"riscv,plic0\" or \"riscv,aplic\""
    }
  }

  static func found(_ fault: ControllerFault, _ view: GuestView) -> String? {
    let name = fault.kind == .disabled ? "status" : "compatible"
    return fault.node.property(name)?.strings?.first.map { "\"\($0)\"" }
  }

  /// The `status` of the node or of the one above it that is disabled, or the `compatible`.
  static func spot(_ fault: ControllerFault, _ view: GuestView) -> Spot {
    guard fault.kind == .disabled else {
      return fault.node.property("compatible").map(Spot.property) ?? .node(fault.node)
    }
    var disabled: FlattenedTree.Node? = fault.node
    while let node = disabled, view.isAvailable(node) { disabled = node.parent }
    return disabled?.property("status").map(Spot.property) ?? .node(fault.node)
  }
}

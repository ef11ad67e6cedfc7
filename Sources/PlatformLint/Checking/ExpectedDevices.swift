import DeviceTree
import GuestView

/// The devices of a guest beside those that it was to have.
struct ExpectedDevices {
  /// The same device in both: where it was to be, and where it is.
  private(set) var pairs: [(expected: DMADevice, actual: DMADevice)] = []
  /// The devices that were to be there, and aren't.
  private(set) var missing: [DMADevice] = []
  /// The devices that are there, and weren't to be.
  private(set) var added: [DMADevice] = []

  /// By what a device is the same: a guest finds it by its address, and nothing of its name.
  private enum Key: Hashable {
    case registers(DMADevice.Kind, UInt64)
    case function(host: UInt64, UInt16)
    case node(String)
  }

  /// The devices of `view`, which knows what it was to be.
  init(_ view: GuestView, _ expected: GuestView) {
    var left: [Key: DMADevice] = [:]
    var order: [Key] = []
    for device in view.dmaDevices {
      let key = Self.key(of: device, in: view)
      if left.updateValue(device, forKey: key) == nil { order.append(key) }
    }
    for device in expected.dmaDevices {
      if let actual = left.removeValue(forKey: Self.key(of: device, in: expected)) {
        pairs.append((device, actual))
      } else {
        missing.append(device)
      }
    }
    added = order.compactMap { left[$0] }
  }

  private static func key(of device: DMADevice, in view: GuestView) -> Key {
    let node = device.kind == .pciFunction ? device.node.parent : device.node
    guard let node, let address = view.registers(of: node).first?.range?.first else {
      return .node(device.node.path)
    }
    if let requesterID = device.requesterID { return .function(host: address, requesterID) }
    return .registers(device.kind, address)
  }
}

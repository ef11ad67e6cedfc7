import DeviceTree
import GuestView

/// The devices of a guest beside those that it was to have.
///
/// PCI functions without a node of their own, of which features alone tell, are among them.
struct ExpectedDevices {
  /// The same device in both: where it was to be, and where it is.
  private(set) var pairs: [(expected: DMADevice, actual: DMADevice)] = []
  /// The devices that were to be there, and aren't.
  private(set) var missing: [DMADevice] = []
  /// The devices that are there, and weren't to be.
  private(set) var added: [DMADevice] = []

  /// The pairs of which one has a node of its own: all else that a tree says of a function is said of its host.
  var pairsOfNodes: [(expected: DMADevice, actual: DMADevice)] {
    pairs.filter { $0.expected.hasNode || $0.actual.hasNode }
  }

  /// By what a device is the same: a guest finds it by its address, and nothing of its name.
  private enum Key: Hashable {
    case device(DMADevice.Kind, NodeIdentity)
    case function(host: NodeIdentity, UInt16)
  }

  /// The devices of `view`, which knows what it was to be.
  init(_ view: GuestView, _ expected: GuestView) {
    let hosts = (now: Self.hosts(of: view), expected: Self.hosts(of: expected))
    var left: [Key: DMADevice] = [:]
    var order: [Key] = []
    for device in view.dmaDevices + view.hiddenFunctions {
      let key = Self.key(of: device, in: view, hosts.now)
      if left.updateValue(device, forKey: key) == nil { order.append(key) }
    }
    for device in expected.dmaDevices + expected.hiddenFunctions {
      if let actual = left.removeValue(forKey: Self.key(of: device, in: expected, hosts.expected)) {
        pairs.append((device, actual))
      } else if device.hasNode || view.features != nil {
        missing.append(device)
      }
    }
    // Where nobody told of features, nobody could tell of functions without a node.
    added = order.compactMap { left[$0] }.filter { $0.hasNode || expected.features != nil }
  }

  /// The positions of the PCI hosts.
  private static func hosts(of view: GuestView) -> Set<Int> {
    Set(view.pciHosts.map(\.node.index))
  }

  private static func key(
    of device: DMADevice, in view: GuestView, _ hosts: Set<Int>
  ) -> Key {
    guard let requesterID = device.requesterID else {
      return .device(device.kind, NodeIdentity(device.node, in: view))
    }
    var host = device.node
    // Behind bridges too, the number of the bus is one of its host.
    while !hosts.contains(host.index), let parent = host.parent { host = parent }
    return .function(host: NodeIdentity(host, in: view), requesterID)
  }
}

/// By what the node of a device is the same in two trees: its address, or its path where it has none.
enum NodeIdentity: Hashable {
  case address(UInt64)
  case path(String)

  init(_ node: FlattenedTree.Node, in view: GuestView) {
    if let address = view.registers(of: node).first?.range?.first {
      self = .address(address)
    } else {
      self = .path(node.path)
    }
  }
}

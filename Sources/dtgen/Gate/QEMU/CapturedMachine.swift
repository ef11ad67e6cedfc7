import DeviceTree
import GuestView
import PlatformDescription
import VMMInterface

/// What a machine has for its guest.
struct CapturedMachine {
  /// The tree; nil for a machine that has none.
  var tree: [UInt8]?
  /// The tables of ACPI; none for a machine that has none.
  var tables: [[UInt8]]
  /// The virtio devices.
  var machine: QEMUMachine
}

extension CapturedMachine {
  /// What the devices offer, at their nodes in the tree; nil where there is no tree.
  ///
  /// - Throws: ``Failure`` for a tree that can't be read, or has no node for a device.
  func features(name: String) throws(Failure) -> OfferedFeatures? {
    guard let bytes = tree else { return nil }
    let tree = try FlattenedTree(
      bytes, fileSize: bytes.count, limits: Limits(), path: name)
    let features: DeviceFeatures
    do throws(CommandLineError) {
      features = try machine.features(in: GuestView(tree: tree))
    } catch {
      throw Failure(.badInput, "\(name): \(error.description)")
    }
    let devices = zip(features.devices, machine.devices).map { told, device in
      let isMMIO = if case .slot = device.place { true } else { false }
      return OfferedDevice(
        node: told.node, transport: isMMIO ? .mmio : .pci, requesterID: told.requesterID,
        hasNode: told.requesterID == nil, deviceID: device.deviceID,
        features: device.features.map(VirtioFeature.bit), queues: [])
    }
    return OfferedFeatures(virtualMachine: nil, devices: devices)
  }
}

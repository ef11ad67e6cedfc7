import ACPI
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
    return offered(
      try asked(name) { () throws(CommandLineError) in
        try machine.features(in: GuestView(tree: tree))
      })
  }

  /// What the devices offer, at their devices in the tables; nil where there are none.
  ///
  /// - Throws: ``Failure`` for tables that can't be read, or have no device for one.
  func featuresUnderACPI(name: String) throws(Failure) -> OfferedFeatures? {
    if tables.isEmpty { return nil }
    let file = try LintSession.tables(Array(tables.joined()), path: name, .standard)
    let view = TablesView(TableSet([TableSet.Member(file)]))
    return offered(
      try asked(name) { () throws(CommandLineError) in try machine.features(in: view) })
  }

  private func asked(
    _ name: String, _ ask: () throws(CommandLineError) -> DeviceFeatures
  ) throws(Failure) -> DeviceFeatures {
    do throws(CommandLineError) { return try ask() } catch {
      throw Failure(.badInput, "\(name): \(error.description)")
    }
  }

  private func offered(_ features: DeviceFeatures) -> OfferedFeatures {
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

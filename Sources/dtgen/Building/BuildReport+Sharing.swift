import PlatformDescription
import PlatformLowering

extension BuildReport {
  /// Memory that machines share; addresses and sizes in bytes.
  struct Share: Encodable {
    /// A machine that has it.
    struct Party: Encodable {
      var virtualMachine: String
      /// `restrictedDMAPool`, `noMap` or `mapped`.
      var role: String
      var firstAddress: UInt64
      var size: UInt64
      /// The path of its node; absent under ACPI.
      var node: String?
    }

    /// A virtio device whose rings and buffers are in it.
    struct Device: Encodable {
      /// The machine of its driver.
      var virtualMachine: String
      /// The path of its node; of its host's for a PCI function that has none.
      var node: String
      var pciAddress: String?
      var deviceID: Int
      /// The machine whose backend serves it; absent where the VMM does.
      var backend: String?
    }

    var name: String
    /// How many machines may have it.
    var partyCount: Int
    var parties: [Party]
    var devices: [Device]

    init(_ share: LoweredShare) {
      name = share.name
      partyCount = share.partyCount
      parties = share.parties.map {
        Party(
          virtualMachine: $0.machine, role: $0.role.use.rawValue,
          firstAddress: $0.role.range.at.value, size: $0.role.range.size.bytes, node: $0.role.path)
      }
      devices = share.devices.map {
        Device(
          virtualMachine: $0.machine, node: $0.device.path,
          pciAddress: $0.device.pciAddress?.description, deviceID: $0.device.deviceID,
          backend: $0.device.backend)
      }
    }
  }
}

import PlatformDescription
import PlatformLowering

extension BuildReport {
  /// A machine that its VMM describes, and what its devices have to offer.
  struct Offer: Encodable {
    /// A virtio device.
    struct Device: Encodable {
      /// Of a function of PCI the path of its host.
      var path: String?
      var pciAddress: String?
      var channelAddress: String?
      var deviceID: Int
      var features: [Int]
    }

    var virtualMachine: String
    var architecture: String
    var virtioDevices: [Device]
    /// Absent where the memory of the guest is not kept from the host.
    var confidential: Confidential?

    init(_ offer: LoweredOffer) {
      virtualMachine = offer.name
      architecture = offer.architecture.rawValue
      virtioDevices = offer.devices.map { device in
        Device(
          path: device.channelAddress == nil ? device.path : nil,
          pciAddress: device.pciAddress?.description,
          channelAddress: device.channelAddress?.description, deviceID: device.deviceID,
          features: device.features.map(\.bit))
      }
      confidential = offer.confidentiality.map(Confidential.init)
    }
  }
}

public import GuestView

/// What the devices of one virtual machine offer: the part of a platform that neither a device tree nor
/// tables say, as `dtgen build --emit features` writes it and as a person may.
///
/// `schemas/features.schema.json` is its form.
public struct OfferedFeatures: Sendable, Hashable {
  /// The version of the form.
  public static let version = 1

  /// The machine's name; nil where whoever wrote the file gave none.
  public var virtualMachine: String?
  /// The devices, each once, in any order.
  public var devices: [OfferedDevice]
  /// What makes VMMs offer exactly that; empty in a file that is only read.
  public var arguments: [VMMArguments]
  /// What has to stand on the guest's kernel's command line for its devices to work; nil where nothing has to,
  /// and in a file that is only read.
  public var kernelArgument: String?

  /// What these devices offer.
  public init(
    virtualMachine: String? = nil, devices: [OfferedDevice], arguments: [VMMArguments] = [],
    kernelArgument: String? = nil
  ) {
    self.virtualMachine = virtualMachine
    self.devices = devices
    self.arguments = arguments
    self.kernelArgument = kernelArgument
  }

  /// The same, as the checker takes it.
  public var forCheck: DeviceFeatures { DeviceFeatures(devices: devices.map(\.forCheck)) }
}

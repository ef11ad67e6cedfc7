/// A virtio device that its driver reaches by channel I/O, as the guests of s390 do.
///
/// ```swift
/// VirtualMachine("protected", architecture: .s390x, confidential: .s390PV) {
///   Memory(at: 0, size: .gib(4))
///   VirtioCCW(.block, deviceNumber: 1)
///   VirtioCCW(.network())
/// }
/// ```
///
/// Channel devices are found by asking the channel subsystem, and have no node anywhere. What the VMM has to offer
/// is written by `--emit features`, each by its address: `"devno": "fe.0.0001"`.
///
/// **Source:** VIRTIO 1.3, section 4.3; Linux `drivers/s390/virtio/virtio_ccw.c`.
public struct VirtioCCW: Component, Hashable, Codable {
  /// What the device is.
  public var device: VirtioDevice
  /// The device number, 0 to 65,535; nil for the lowest that no other device of the set has.
  public var deviceNumber: Int?
  /// The subchannel set, 0 to 3.
  public var subchannelSet: Int
  /// Feature bits that the VMM offers besides those that follow from the description.
  public var features: [VirtioFeature]
  /// Feature bits that follow from the description and that the VMM does not offer.
  public var withholding: [VirtioFeature]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .virtioCCW(self) }

  /// A virtio device of the channel subsystem.
  ///
  /// - Parameters:
  ///   - device: What it is.
  ///   - deviceNumber: Its number, 0 to 65,535: the last part of QEMU's `devno=fe.0.0001`; nil for the lowest
  ///     that no other device of the set has.
  ///   - subchannelSet: The subchannel set, 0 to 3.
  ///   - features: Feature bits that the VMM offers besides those that follow from the
  ///     description (VERSION_1; ACCESS_PLATFORM where the guest's memory is kept from the host).
  ///   - withholding: Feature bits that follow and that the VMM does not offer.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ device: VirtioDevice, deviceNumber: Int? = nil, subchannelSet: Int = 0,
    features: [VirtioFeature] = [], withholding: [VirtioFeature] = [],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.device = device
    self.deviceNumber = deviceNumber
    self.subchannelSet = subchannelSet
    self.features = features
    self.withholding = withholding
    self.declaration = Declaration(file, line, column)
  }
}

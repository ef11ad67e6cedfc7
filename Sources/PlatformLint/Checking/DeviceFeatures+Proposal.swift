import GuestView

extension DeviceFeatures.Device {
  /// The types that a transitional device on PCI can have.
  ///
  /// **Source:** VIRTIO 1.3, section 4.1.2.1: network, block, console, entropy source, balloon, SCSI host, 9P.
  private static let transitionalTypes: Set<UInt32> = [1, 2, 3, 4, 5, 8, 9]

  /// What the proposed bit is called that the device offers.
  ///
  /// It is nil where bit 27 isn't offered, or may be what it was before; `onPCI` is whether the device is a function.
  func proposal(onPCI: Bool) -> String? {
    guard let bit = Proposal.swiotlb.featureBit, featureBits.contains(bit) else { return nil }
    if let name = names[bit] { return Proposal.swiotlb.names.contains(name) ? name : nil }
    guard featureBits.contains(32) else { return nil }
    let mayBeTransitional = onPCI && Self.transitionalTypes.contains(type) && !offersAccessPlatform
    return mayBeTransitional ? nil : Proposal.swiotlb.names.first
  }
}

import PlatformDescription

extension MachineLowering {
  /// Says which of the feature bits of `noun` belong to another type: the same number means
  /// something else there.
  mutating func checkFeatures(
    _ features: [VirtioFeature], of device: VirtioDevice, at location: SourceLocation?
  ) {
    for feature in features {
      if !(0..<128).contains(feature.bit) {
        mistake(
          "description/no-such-feature", "there is no feature bit \(feature.bit): 0 to 127",
          at: location)
        continue
      }
      guard let type = feature.deviceID, type != device.deviceID else { continue }
      mistake(
        "description/feature-of-another-type",
        """
        \(feature.name) is a feature of type '\(VirtioDevice.typeName(of: type))', and the device \
        is of type '\(device.typeName)'
        """,
        at: location, help: meaning(of: feature, on: device))
    }
  }

  /// What the bit would have meant.
  private func meaning(of feature: VirtioFeature, on device: VirtioDevice) -> String {
    let name = feature.name(on: device.deviceID)
    return name.hasPrefix("VIRTIO")
      ? "leave it out; on this device the bit means \(name)" : "leave it out"
  }
}

extension VirtioDevice {
  /// The standard's name of the device's type: `block`; `device 60` where it has none.
  ///
  /// **Source:** Virtual I/O Device (VIRTIO) 1.3, section 5.
  public var typeName: String { Self.typeName(of: deviceID) }

  /// The standard's name of the type `deviceID`.
  public static func typeName(of deviceID: Int) -> String {
    typeNames[deviceID] ?? "device \(deviceID)"
  }

  /// Whether the standard has a name of the type `deviceID`.
  public static func hasTypeName(_ deviceID: Int) -> Bool { typeNames[deviceID] != nil }

  /// The names by device ID, without the word "device"; 46 to 48 were given out after version 1.3.
  private static let typeNames: [Int: String] = [
    0: "unspecified",
    1: "network", 2: "block", 3: "console", 4: "entropy", 5: "balloon", 6: "ioMemory", 7: "rpmsg",
    8: "SCSI host", 9: "9P", 10: "mac80211 wlan", 11: "rproc serial", 12: "CAIF",
    13: "memory balloon", 16: "GPU", 17: "timer", 18: "input", 19: "socket", 20: "crypto",
    21: "signal distribution", 22: "pstore", 23: "IOMMU", 24: "memory", 25: "sound",
    26: "file system", 27: "pmem", 28: "RPMB", 29: "mac80211 hwsim", 30: "video encoder",
    31: "video decoder", 32: "SCMI", 33: "NitroSecureModule", 34: "I2C adapter", 35: "watchdog",
    36: "CAN", 37: "dmabuf", 38: "parameter server", 39: "audio policy", 40: "Bluetooth",
    41: "GPIO", 42: "RDMA", 43: "camera", 44: "ISM", 45: "SPI controller", 46: "TEE",
    47: "CPU balloon", 48: "media",
  ]
}

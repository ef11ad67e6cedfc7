import PlatformDescription

/// What a running QEMU says of one of its virtio devices.
///
/// **Source:** QEMU 7.2 `qapi/virtio.json`, `x-query-virtio-status`: features by name, each with a colon and
/// an explanation behind it, and those that QEMU has no name for in one number.
public struct QEMUReportedDevice: Sendable, Decodable {
  /// QEMU's name of it: `virtio-blk`.
  public var name: String
  private var deviceID: Int
  private var offered: Offered

  private enum CodingKeys: String, CodingKey {
    case name
    case deviceID = "device-id"
    case offered = "host-features"
  }

  private struct Offered: Decodable {
    var transports: [String]
    var device: [String]
    var unknown: UInt64?

    enum CodingKeys: String, CodingKey {
      case transports
      case device = "dev-features"
      case unknown = "unknown-dev-features"
    }
  }

  /// The device where the buses that it is on put it.
  ///
  /// - Parameters:
  ///   - bus: The path of the bus that its transport is on: `…/virtio-mmio-bus.31`, `…/pcie.0`.
  ///   - function: For PCI, device and function on that bus; nil for virtio-mmio.
  /// - Returns: The device.
  /// - Throws: ``CommandLineError`` for a bus of another kind.
  public func device(on bus: String, function: Int?) throws(CommandLineError) -> QEMUDevice {
    let busName = bus.split(separator: "/").last.map(String.init) ?? bus
    var place: QEMUDevice.Place
    if let function {
      guard let function = UInt16(exactly: function), function < 256 else {
        throw CommandLineError("QEMU's \(name) is at \(function), which is no function of PCI")
      }
      place =
        QEMUCommandLine.rootBuses.contains(busName)
        ? .function(function) : .behindBridge(bus, function)
    } else {
      guard busName.hasPrefix("virtio-mmio-bus."), let slot = Int(busName.dropFirst(16)) else {
        throw CommandLineError("QEMU's \(name) is on \(busName), a bus that isn't known here")
      }
      place = .slot(slot)
    }
    return QEMUDevice(
      model: name, place: place, deviceID: deviceID, features: features)
  }

  private var features: [Int] {
    let names = FeatureNames(deviceID: deviceID)
    var bits: Set<Int> = []
    for name in offered.transports + offered.device {
      // One without a bit that is known here is a draft's, which no driver of the standard takes.
      if let bit = name.split(separator: ":").first.flatMap({ names.bit(String($0)) }) {
        bits.insert(bit)
      }
    }
    for bit in 0..<64 where bit != 30 && (offered.unknown ?? 0) >> UInt64(bit) & 1 == 1 {
      bits.insert(bit)
    }
    // What a driver of the drafts is shown.
    return bits.contains(32) ? bits.sorted() : bits.filter { $0 < 32 }.sorted()
  }
}

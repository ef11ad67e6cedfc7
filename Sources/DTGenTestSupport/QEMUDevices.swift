import Foundation

/// What the virtio devices of a machine of QEMU's offer, by its own word.
///
/// **Source:** QEMU 7.2 `qapi/virtio.json`, `x-query-virtio` and `x-query-virtio-status`.
public struct QEMUDevices {
  /// One device.
  public struct Device {
    /// QEMU's name of it: `virtio-blk`.
    public var name: String
    /// The names of the features that it offers, in alphabetical order, without those for drivers of the
    /// drafts.
    public var features: [String]
    /// Bits that QEMU has no name for.
    public var unknownBits: UInt64
    /// What properties of its transport say, of those that were asked for.
    public var properties: [String: String]
  }

  /// The devices, in the order of QEMU's list, which is the reverse of the command line's.
  public var devices: [Device]

  /// Asks QEMU for the devices of a machine that isn't started.
  ///
  /// - Throws: ``Tool/Missing``, or ``QEMUTree/Failure`` with what QEMU said.
  public init(
    _ tool: Tool = .qemuArm, machine: String = "virt", arguments: [String],
    properties: [String] = []
  ) throws {
    let monitor = try QEMUMonitor(
      tool, ["-M", machine, "-S", "-display", "none", "-nodefaults", "-qmp", "stdio"] + arguments)
    defer { monitor.end() }
    let list = try monitor.ask("x-query-virtio") as? [[String: Any]] ?? []
    devices = try list.map { device in
      guard let path = device["path"] as? String,
        let status = try monitor.ask("x-query-virtio-status", ["path": path]) as? [String: Any],
        let name = status["name"] as? String,
        let offered = status["host-features"] as? [String: Any]
      else { throw QEMUTree.Failure(description: "QEMU says of a device no features") }
      let names =
        (offered["dev-features"] as? [String] ?? []) + (offered["transports"] as? [String] ?? [])
      let transport = path.replacing("/virtio-backend", with: "")
      var values: [String: String] = [:]
      for property in properties {
        let value = try monitor.ask("qom-get", ["path": transport, "property": property])
        values[property] = "\(value)"
      }
      return Device(
        name: name,
        features: names.compactMap { $0.split(separator: ":").first.map(String.init) }
          .filter { !Self.ofDrafts.contains($0) }.sorted(),
        unknownBits: (offered["unknown-dev-features"] as? NSNumber)?.uint64Value ?? 0,
        properties: values)
    }
  }

  /// What no driver of the standard is shown.
  private static let ofDrafts: Set<String> = [
    "VIRTIO_F_ANY_LAYOUT", "VIRTIO_F_NOTIFY_ON_EMPTY", "VIRTIO_NET_F_GSO",
    "VHOST_USER_F_PROTOCOL_FEATURES",
  ]
}

import DeviceTree
public import GuestView

/// Reads which virtio devices a command line of `crosvm run` makes, and whether they offer
/// VIRTIO_F_ACCESS_PLATFORM, which is no property of one device there.
///
/// **Source:** crosvm `src/crosvm/cmdline.rs`, and `devices/src/virtio/mod.rs`, `base_features`: all devices of
/// a machine that is protected, or that is to look like one, offer it, and none of another's.
public struct CrosvmCommandLine: Sendable, Hashable {
  /// Whether its devices offer VIRTIO_F_ACCESS_PLATFORM.
  public private(set) var offersAccessPlatform = false
  /// Whether the guest is to stay stopped, `--suspended`.
  public private(set) var isSuspended = false
  /// The path of the control socket; nil where none is asked for.
  public private(set) var socket: String?
  /// Why a gate can't be put in front of such a machine: lower case, no full stop; nil where it can.
  public private(set) var obstacle: String?
  /// The virtio device IDs, in the order of the command line, those that nobody asks for at the end.
  public private(set) var deviceIDs: [Int] = []
  /// How many words are in front of the options of `run`: the program, options of its own, and `run`.
  public let start: Int

  /// Reads a command line; its first word is the program's name.
  ///
  /// - Throws: ``CommandLineError`` for what isn't `crosvm run`, and where devices stand in a file.
  public init(_ words: [String]) throws(CommandLineError) {
    guard let run = words.dropFirst().firstIndex(of: "run") else {
      throw CommandLineError("there is no 'run' behind crosvm")
    }
    start = run + 1
    var isWithoutBalloon = false
    var isWithoutRNG = false
    var rest = words[start...]
    while let word = rest.popFirst() {
      // An option's value is the next word, or stands behind a sign.
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = word.hasPrefix("--") ? String(parts[0].dropFirst(2)) : word
      let own = word.hasPrefix("--") && parts.count == 2 ? String(parts[1]) : nil
      switch name {
      case "protected-vm", "protected-vm-without-firmware", "protected-vm-with-firmware",
        "unprotected-vm-with-firmware":
        offersAccessPlatform = true
        if name.hasSuffix("-with-firmware"), own == nil { _ = rest.popFirst() }
      case "suspended": isSuspended = true
      case "no-balloon": isWithoutBalloon = true
      case "no-rng": isWithoutRNG = true
      case "socket", "-s": socket = try Self.value(own, &rest, word)
      case "dump-device-tree-blob":
        _ = try Self.value(own, &rest, word)
        obstacle =
          "--dump-device-tree-blob: the gate asks for the tree itself; --keep-tree keeps it"
      case "restore":
        _ = try Self.value(own, &rest, word)
        obstacle =
          "--restore: the guest that is restored has read its tree before; it is to be judged where it starts"
      case "cfg":
        throw CommandLineError("--cfg: its devices stand in a file, which isn't read here")
      default:
        guard let id = try Self.deviceID(name, own, &rest, word) else { continue }
        deviceIDs.append(id)
      }
    }
    if !isWithoutBalloon { deviceIDs.append(5) }
    if !isWithoutRNG { deviceIDs.append(4) }
  }

  private static func value(
    _ own: String?, _ rest: inout ArraySlice<String>, _ word: String
  ) throws(CommandLineError) -> String {
    guard let value = own ?? rest.popFirst() else {
      throw CommandLineError("nothing stands behind \(word)")
    }
    return value
  }

  /// The device that an option makes; nil where it makes none on virtio that is known here.
  private static func deviceID(
    _ name: String, _ own: String?, _ rest: inout ArraySlice<String>, _ word: String
  ) throws(CommandLineError) -> Int? {
    switch name {
    case "block", "-b", "root", "-r", "rwroot", "disk", "-d", "rwdisk", "vhost-user-blk":
      _ = try value(own, &rest, word)
      return 2
    case "net", "tap-name", "tap-fd", "vhost-user-net":
      _ = try value(own, &rest, word)
      return 1
    case "vsock", "cid":
      _ = try value(own, &rest, word)
      return 19
    case "pmem-device", "rw-pmem-device", "pmem", "pmem-root":
      _ = try value(own, &rest, word)
      return 27
    case "shared-dir", "vhost-user-fs":
      _ = try value(own, &rest, word)
      return 26
    case "gpu":
      return 16
    case "serial":
      let value = try value(own, &rest, word)
      return value.split(separator: ",").contains("hardware=virtio-console") ? 3 : nil
    default: return nil
    }
  }

  /// What the devices offer, at the PCI host of the tree that `view` looks at.
  ///
  /// crosvm chooses their addresses itself: here they are numbered in the order of ``deviceIDs``.
  ///
  /// - Throws: ``CommandLineError`` where the tree has no enabled PCI host, or one that goes by addresses.
  public func features(in view: GuestView) throws(CommandLineError) -> DeviceFeatures {
    if deviceIDs.isEmpty { return DeviceFeatures(devices: []) }
    guard let host = view.dmaDevices.first(where: { $0.kind == .pciHost }) else {
      throw CommandLineError("the tree has no enabled PCI host, on which crosvm's devices are")
    }
    guard view.pciHosts.first(where: { $0.node == host.node })?.iommuMap == nil else {
      throw CommandLineError(
        "iommu-map goes by the addresses of devices, which crosvm chooses itself")
    }
    // EVENT_IDX and VERSION_1 are offered by all of them.
    let bits = offersAccessPlatform ? [29, 32, 33] : [29, 32]
    return DeviceFeatures(
      devices: deviceIDs.enumerated().map { index, id in
        DeviceFeatures.Device(
          node: host.node.path, requesterID: UInt16(truncatingIfNeeded: (index + 1) << 3),
          type: UInt32(id), featureBits: bits)
      })
  }
}

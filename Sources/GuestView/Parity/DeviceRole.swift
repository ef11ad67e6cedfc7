import DeviceTree

/// What a device is, as far as a tree and tables have names for the same thing.
public enum DeviceRole: Sendable, Hashable {
  /// A transport of virtio.
  case virtioMMIO
  /// A serial port.
  case serial
  /// A GPIO controller.
  case gpio
  /// Flash memory.
  case flash
  /// The interface to QEMU's firmware files.
  case firmwareConfiguration
  /// A TPM.
  case tpm
  /// What tells a guest that it was cloned.
  case generationID
  /// Anything else, by the first string of `compatible`; nil where it has none.
  case other(String?)

  /// What each is called in a tree and by ids of ACPI.
  private static let names: [(role: DeviceRole, compatible: [String], ids: [String])] = [
    (.virtioMMIO, ["virtio,mmio"], ["LNRO0005"]),
    (
      .serial, ["arm,pl011", "arm,sbsa-uart", "ns16550a", "ns16550", "snps,dw-apb-uart"],
      ["ARMH0011", "ARMHB000", "PNP0500", "PNP0501", "RSCV0003"]
    ),
    (.gpio, ["arm,pl061"], ["ARMH0061"]),
    (.flash, ["cfi-flash"], ["LNRO0015"]),
    (.firmwareConfiguration, ["qemu,fw-cfg-mmio"], ["QEMU0002"]),
    (.tpm, ["tcg,tpm-tis-mmio"], ["MSFT0101"]),
    (.generationID, ["microsoft,vmgenid"], ["QEMUVGID", "VMGENCTR"]),
  ]

  private static let byCompatible = Dictionary(
    names.flatMap { entry in entry.compatible.map { ($0, entry.role) } },
    uniquingKeysWith: { first, _ in first })

  init(_ node: FlattenedTree.Node) {
    let strings = node.property("compatible")?.strings ?? []
    self = strings.lazy.compactMap { Self.byCompatible[$0] }.first ?? .other(strings.first)
  }

  init(_ device: TableDevice) {
    if let entry = Self.names.first(where: { entry in
      entry.ids.contains { device.isAny(of: $0) }
    }) {
      self = entry.role
    } else if device.isByCompatible {
      let strings = device.compatible ?? []
      self =
        strings.lazy.compactMap { Self.byCompatible[$0.lowercased()] }.first
        ?? .other(strings.first)
    } else {
      self = .other(nil)
    }
  }

  /// Whether both worlds have a name for it, so that it can be missed.
  public var isKnown: Bool { if case .other = self { false } else { true } }

  /// Whether tables have it at all: flash is the firmware's, which has no use for tables.
  public var isTold: Bool { isKnown && self != .flash }

  /// Whether a guest without it lacks a disk, a network or its console.
  public var isVital: Bool { self == .virtioMMIO || self == .serial }

  /// What reports call it.
  public var name: String {
    switch self {
    case .virtioMMIO: "virtio-mmio device"
    case .serial: "serial port"
    case .gpio: "GPIO controller"
    case .flash: "flash memory"
    case .firmwareConfiguration: "firmware interface"
    case .tpm: "TPM"
    case .generationID: "generation ID"
    case .other(let compatible): compatible ?? "device"
    }
  }
}

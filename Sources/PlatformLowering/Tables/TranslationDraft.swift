import ACPI
import PlatformDescription

/// What is gathered about IOMMUs while devices are lowered.
struct TranslationDraft {
  /// Where an IOMMU is.
  enum Place {
    /// A virtio-iommu whose registers are in a window for virtio-mmio.
    case window(GuestAddress)
    /// A virtio-iommu that is a function on a PCI bus.
    case function(PCIAddress)
    /// An SMMU.
    case smmu(SMMUEntry)
  }

  /// A device of the namespace behind an IOMMU.
  struct Endpoint {
    /// The address of its window.
    var window: GuestAddress
    var path: NamePath
    var iommu: Target
    /// By which ID the IOMMU knows it.
    var id: UInt32
    var isCoherent: Bool
    var location: SourceLocation?
  }

  /// Requester IDs of a host behind an IOMMU.
  struct Range {
    var segment: UInt16
    var first: UInt16
    var last: UInt16
    var iommu: Target
    /// By which ID the IOMMU knows the first one.
    var id: UInt32
  }

  /// A PCI host.
  struct Host {
    var segment: UInt16
    var isCoherent: Bool
    var location: SourceLocation?
  }

  /// Memory that devices reach as if there were no IOMMU.
  struct ReservedRange {
    var name: String
    var range: AddressRange
    var location: SourceLocation?
    /// The devices; none of them twice.
    var endpoints: [Endpoint] = []

    func overlaps(_ other: ReservedRange) -> Bool {
      let (mine, its) = (range.at.value, other.range.at.value)
      return mine < its ? its - mine < range.size.bytes : mine - its < other.range.size.bytes
    }
  }

  /// The IOMMUs, in the order of the description.
  var iommus: [(target: Target, place: Place)] = []
  var endpoints: [Endpoint] = []
  var ranges: [Range] = []
  var hosts: [Host] = []
  var reservedRanges: [ReservedRange] = []

  /// Adds what a host's map says: an entry has the first ID, the IOMMU, the ID there, and how many.
  mutating func add(map: [DraftCell], segment: Int) {
    for start in stride(from: 0, to: map.count - 3, by: 4) {
      guard case .number(let first) = map[start], case .phandle(let iommu) = map[start + 1],
        case .number(let id) = map[start + 2], case .number(let count) = map[start + 3], count > 0
      else { continue }
      ranges.append(
        Range(
          segment: UInt16(clamping: segment), first: UInt16(clamping: first),
          last: UInt16(clamping: first + (count - 1)), iommu: iommu, id: id))
    }
  }

  /// The IOMMUs that are virtio devices.
  var virtioIOMMUs: [(target: Target, place: Place)] {
    iommus.filter { if case .smmu = $0.place { false } else { true } }
  }

  /// What a report calls an IOMMU; nil for none of these.
  func name(of iommu: Target) -> String? {
    switch iommus.first(where: { $0.target == iommu })?.place {
    case .function(let address): address.description
    case .smmu(let entry): "smmuv3@" + String(entry.at.value, radix: 16)
    case .window, nil: nil
    }
  }

  /// The SMMUs.
  var smmus: [(target: Target, entry: SMMUEntry)] {
    iommus.compactMap {
      if case .smmu(let entry) = $0.place { ($0.target, entry) } else { nil }
    }
  }
}

/// What IORT says of an SMMU.
struct SMMUEntry {
  var at: GuestAddress
  var isCoherent: Bool
  /// Its interrupts; 0 for one that it hasn't.
  var event: UInt32
  var pageRequest: UInt32
  var globalError: UInt32
  var sync: UInt32
}

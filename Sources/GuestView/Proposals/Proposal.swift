/// Something that was proposed for virtio or for Linux, that platforms are written with, and that no Linux
/// takes.
///
/// Whoever finds one of its names in a description says whose proposal it is, and what a guest does with it;
/// nothing here is ever written into a description.
public struct Proposal: Sendable, Hashable {
  /// The names by which it is written, the current one first.
  public let names: [String]
  /// Who proposed it, and when: `David Woodhouse, April 2025`.
  public let origin: String
  /// Where it can be read: the list or the tracker, and the message or issue there.
  public let source: String
  /// The number of the feature bit that it proposes; nil where it proposes none, or names no number that
  /// would stay.
  public let featureBit: Int?

  init(_ names: [String], _ origin: String, _ source: String, featureBit: Int? = nil) {
    self.names = names
    self.origin = origin
    self.source = source
    self.featureBit = featureBit
  }

  /// The proposal that `name` belongs to; nil for a name of none.
  public static func named(_ name: String) -> Proposal? {
    all.first { $0.names.contains(name) }
  }
}

extension Proposal {
  /// A feature bit by which a driver promises to keep to a bounce buffer; renamed in the thread about it.
  public static let swiotlb = Proposal(
    ["VIRTIO_F_SWIOTLB", "VIRTIO_F_RESTRICTED_DMA"], "David Woodhouse, April 2025",
    "virtio-comment, 20250402112410.2086892-2-dwmw2@infradead.org", featureBit: 27)

  /// A feature bit for devices whose queues and buffers lie in memory of their own.
  ///
  /// The number in the patches is one that the virtio committee has yet to give.
  public static let deviceMemoryBuffer = Proposal(
    ["VIRTIO_F_DMB"], "Alexander Graf, July 2026",
    "virtio-spec, issue 248; virtio-comment, 20260804161202.38619-1-graf@amazon.com")

  /// A restricted pool that all devices use that name none.
  public static let defaultPool = Proposal(
    ["linux,dma-default"], "David Woodhouse, April 2025",
    "virtio-comment, the thread of 20250402112410.2086892-1-dwmw2@infradead.org, 7 April 2025")

  /// Mappings of a restricted pool that are larger than 256 KiB.
  public static let segmentSize = Proposal(
    ["io-tlb-segsize"], "Hsin-Yi Wang, November 2021",
    "linux-iommu, 20211123112104.3530135-1-hsinyi@chromium.org")

  /// Pools that the buses of virtio-msg find by the names of their nodes.
  public static let messagePools = Proposal(
    ["vmsgffa", "vmsglb"], "Viresh Kumar, July 2025",
    "linux-kernel, cover.1753865268.git.viresh.kumar@linaro.org")

  /// All that are known here.
  public static let all = [swiotlb, deviceMemoryBuffer, defaultPool, segmentSize, messagePools]
}

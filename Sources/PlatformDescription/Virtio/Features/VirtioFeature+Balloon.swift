extension VirtioFeature {
  /// Bit `bit` of a memory balloon.
  public static func balloon(_ bit: Balloon) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of a memory balloon.
  ///
  /// **Source:** VIRTIO 1.3, section 5.5.3.
  public enum Balloon: Int, VirtioFeatureBit {
    /// VIRTIO_BALLOON_F_MUST_TELL_HOST, 0: pages are used again only after the device was told.
    case mustTellHost = 0
    /// VIRTIO_BALLOON_F_STATS_VQ, 1: there is a queue for statistics.
    case statsVQ = 1
    /// VIRTIO_BALLOON_F_DEFLATE_ON_OOM, 2: the balloon gives way when memory runs out.
    case deflateOnOOM = 2
    /// VIRTIO_BALLOON_F_FREE_PAGE_HINT, 3: there is a queue for hints about free pages.
    case freePageHint = 3
    /// VIRTIO_BALLOON_F_PAGE_POISON, 4: the driver says with what it fills free pages.
    case pagePoison = 4
    /// VIRTIO_BALLOON_F_PAGE_REPORTING, 5: there is a queue for reports of free pages.
    case pageReporting = 5

    /// The device ID, 5.
    public static var deviceID: Int { 5 }

    /// The standard's name: `VIRTIO_BALLOON_F_MUST_TELL_HOST`.
    public var name: String {
      switch self {
      case .mustTellHost: "VIRTIO_BALLOON_F_MUST_TELL_HOST"
      case .statsVQ: "VIRTIO_BALLOON_F_STATS_VQ"
      case .deflateOnOOM: "VIRTIO_BALLOON_F_DEFLATE_ON_OOM"
      case .freePageHint: "VIRTIO_BALLOON_F_FREE_PAGE_HINT"
      case .pagePoison: "VIRTIO_BALLOON_F_PAGE_POISON"
      case .pageReporting: "VIRTIO_BALLOON_F_PAGE_REPORTING"
      }
    }
  }
}

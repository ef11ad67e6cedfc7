/// What the buffers of a block device need.
///
/// **Source:** VIRTIO 1.3, section 5.2.4; Linux `include/linux/blkdev.h`,
/// BLK_DEF_MAX_SECTORS_CAP.
public struct VirtioBlockParameters: Sendable, Hashable, Codable {
  /// `seg_max`, the most segments of a request; nil where the device doesn't say.
  public var segMax: Int?
  /// `size_max`, the largest segment; nil where the device doesn't say.
  public var sizeMax: ByteCount?
  /// The largest request that the guest makes: Linux's `max_sectors_kb`.
  public var maximumRequest: ByteCount

  /// With Linux's figures, and those of QEMU's devices, unless said otherwise.
  public init(
    segMax: Int? = nil, sizeMax: ByteCount? = nil, maximumRequest: ByteCount = .kib(1280)
  ) {
    self.segMax = segMax
    self.sizeMax = sizeMax
    self.maximumRequest = maximumRequest
  }
}

/// What the buffers of a SCSI host need.
///
/// **Source:** VIRTIO 1.3, section 5.6.4; QEMU 7.2 `hw/scsi/virtio-scsi.c`.
public struct VirtioSCSIParameters: Sendable, Hashable, Codable {
  /// `cmd_per_lun`, the most commands for one disk at a time.
  public var cmdPerLUN: Int
  /// The largest request that the guest makes: Linux's `max_sectors_kb`.
  public var maximumRequest: ByteCount

  /// With Linux's figures, and those of QEMU's devices, unless said otherwise.
  public init(cmdPerLUN: Int = 128, maximumRequest: ByteCount = .kib(1280)) {
    self.cmdPerLUN = cmdPerLUN
    self.maximumRequest = maximumRequest
  }
}

extension VirtioDevice {
  /// A block device with one queue of 256.
  public static let block = VirtioDevice.block(queues: 1)

  /// A block device.
  ///
  /// - Parameters:
  ///   - queues: The number of request queues, `num_queues`, 1 to 65,535; more than one come with
  ///     VIRTIO_BLK_F_MQ.
  ///   - queueSize: The size of each; crosvm too has 256, Cloud Hypervisor 128.
  ///   - segMax: `seg_max`, the most segments of a request; nil where the device doesn't say.
  ///   - sizeMax: `size_max`, the largest segment; nil where the device doesn't say.
  ///   - maximumRequest: The largest request that the guest makes: Linux's `max_sectors_kb`.
  /// - Returns: The device with its queues.
  ///
  /// **Source:** VIRTIO 1.3, section 5.2.2; QEMU 7.2 `hw/block/virtio-blk.c`; Linux
  /// `include/linux/blkdev.h`, BLK_DEF_MAX_SECTORS_CAP.
  public static func block(
    queues: Int = 1, queueSize: Int = 256, segMax: Int? = nil, sizeMax: ByteCount? = nil,
    maximumRequest: ByteCount = .kib(1280)
  ) -> VirtioDevice {
    let names = queues == 1 ? ["requestq"] : counted(queues).map { "requestq\($0 + 1)" }
    return VirtioDevice(2, names.map { ($0, queueSize) }).with(
      .block(
        VirtioBlockParameters(segMax: segMax, sizeMax: sizeMax, maximumRequest: maximumRequest)))
  }

  /// A SCSI host with one request queue.
  public static let scsi = VirtioDevice.scsi()

  /// A SCSI host.
  ///
  /// - Parameters:
  ///   - queues: The number of request queues, `num_queues`, at least 1; they come behind the
  ///     control and the event queue.
  ///   - queueSize: The size of each queue; QEMU's `virtqueue_size` is 256.
  ///   - cmdPerLUN: `cmd_per_lun`, the most commands for one disk at a time.
  ///   - maximumRequest: The largest request that the guest makes: Linux's `max_sectors_kb`.
  /// - Returns: The device with its queues.
  ///
  /// **Source:** VIRTIO 1.3, section 5.6.2; QEMU 7.2 `hw/scsi/virtio-scsi.c`.
  public static func scsi(
    queues: Int = 1, queueSize: Int = 256, cmdPerLUN: Int = 128,
    maximumRequest: ByteCount = .kib(1280)
  ) -> VirtioDevice {
    let names =
      ["controlq", "eventq"]
      + (queues == 1 ? ["requestq"] : counted(queues).map { "requestq\($0 + 1)" })
    return VirtioDevice(8, names.map { ($0, queueSize) }).with(
      .scsi(VirtioSCSIParameters(cmdPerLUN: cmdPerLUN, maximumRequest: maximumRequest)))
  }

  /// A file system with one request queue.
  public static let fileSystem = VirtioDevice.fileSystem()

  /// A file system: FUSE over virtio.
  ///
  /// - Parameters:
  ///   - requestQueues: `num_request_queues`, at least 1; they come behind the queue for requests of
  ///     high priority and, with it, that for notifications.
  ///   - queueSize: The size of each queue; virtiofsd behind QEMU has 128.
  ///   - notification: Whether it offers VIRTIO_FS_F_NOTIFICATION, with a queue.
  ///   - maxWrite: FUSE's `max_write`: the most that one request carries. A mapping of more than
  ///     256 KiB can't go through a restricted pool.
  /// - Returns: The device with its queues.
  ///
  /// **Source:** VIRTIO 1.3, section 5.11.2; QEMU 7.2 `hw/virtio/vhost-user-fs.c`; Linux
  /// `fs/fuse/virtio_fs.c` and `include/uapi/linux/fuse.h`, `max_write`.
  public static func fileSystem(
    requestQueues: Int = 1, queueSize: Int = 128, notification: Bool = false,
    maxWrite: ByteCount = .mib(1)
  ) -> VirtioDevice {
    var names = ["hiprio"]
    if notification { names.append("notificationq") }
    names +=
      requestQueues == 1 ? ["requestq"] : counted(requestQueues).map { "requestq\($0 + 1)" }
    return VirtioDevice(26, names.map { ($0, queueSize) })
      .with(.fileSystem(VirtioFileSystemParameters(maxWrite: maxWrite)))
  }

  /// A 9P transport with one queue of 128.
  public static let nineP = VirtioDevice.nineP()

  /// A 9P transport: files over Plan 9's protocol.
  ///
  /// - Parameters:
  ///   - queueSize: The size of its queue; QEMU, crosvm and kvmtool have 128.
  ///   - msize: The most that one message carries, as the guest mounts it.
  /// - Returns: The device with its queue.
  ///
  /// **Source:** VIRTIO 1.3, section 5, which gives it a number alone; QEMU 7.2
  /// `hw/9pfs/virtio-9p-device.c`; Linux `net/9p/client.c`, DEFAULT_MSIZE.
  public static func nineP(
    queueSize: Int = 128, msize: ByteCount = .kib(128)
  ) -> VirtioDevice {
    VirtioDevice(9, [("requestq", queueSize)]).with(.nineP(VirtioNinePParameters(msize: msize)))
  }

  /// A PMEM device: memory that keeps its content, with one queue of 128 for flushes.
  ///
  /// **Source:** VIRTIO 1.3, section 5.19.2; QEMU 7.2 `hw/virtio/virtio-pmem.c`.
  public static let pmem = VirtioDevice(27, [("req_vq", 128)])
}

extension VirtioDevice {
  /// An entropy device with one queue of 8.
  ///
  /// **Source:** VIRTIO 1.3, section 5.4.2; QEMU 7.2 `hw/virtio/virtio-rng.c`.
  public static let entropy = VirtioDevice(4, [("requestq", 8)])

  /// A traditional memory balloon with its two queues of 128.
  public static let balloon = VirtioDevice.balloon()

  /// A traditional memory balloon.
  ///
  /// Linux's driver refuses VIRTIO_F_ACCESS_PLATFORM: a balloon can't be confined to a pool.
  ///
  /// - Parameters:
  ///   - statistics: Whether it offers VIRTIO_BALLOON_F_STATS_VQ, with a queue.
  ///   - freePageHint: Whether it offers VIRTIO_BALLOON_F_FREE_PAGE_HINT, with a queue.
  ///   - pageReporting: Whether it offers VIRTIO_BALLOON_F_PAGE_REPORTING, with a queue; QEMU gives
  ///     it 32 descriptors.
  /// - Returns: The device with the queues that it offers; Linux numbers them without gaps.
  ///
  /// **Source:** VIRTIO 1.3, sections 5.5.2 and 5.5.3; QEMU 7.2 `hw/virtio/virtio-balloon.c`; Linux
  /// `drivers/virtio/virtio_balloon.c`, `init_vqs`, and `virtio_mmio.c`, `vm_find_vqs`.
  public static func balloon(
    statistics: Bool = false, freePageHint: Bool = false, pageReporting: Bool = false
  ) -> VirtioDevice {
    var queues: [(name: String, size: Int)] = [("inflateq", 128), ("deflateq", 128)]
    if statistics { queues.append(("statsq", 128)) }
    if freePageHint { queues.append(("free_page_vq", 128)) }
    if pageReporting { queues.append(("reporting_vq", 32)) }
    return VirtioDevice(5, queues)
  }

  /// A crypto device with one data queue.
  public static let crypto = VirtioDevice.crypto()

  /// A crypto device.
  ///
  /// - Parameters:
  ///   - dataQueues: `max_dataqueues`, 1 to 65,535; the control queue comes behind them.
  ///   - queueSize: The size of each queue; QEMU's is 1,024.
  /// - Returns: The device with its queues.
  ///
  /// **Source:** VIRTIO 1.3, section 5.9.2; QEMU 7.2 `hw/virtio/virtio-crypto.c`.
  public static func crypto(dataQueues: Int = 1, queueSize: Int = 1024) -> VirtioDevice {
    let names = dataQueues == 1 ? ["dataq"] : counted(dataQueues).map { "dataq\($0 + 1)" }
    return VirtioDevice(20, (names + ["controlq"]).map { ($0, queueSize) })
  }

  /// An IOMMU: a queue of 256 for requests, and one for what it reports.
  ///
  /// **Source:** VIRTIO 1.3, section 5.13.2; QEMU 7.2 `hw/virtio/virtio-iommu.c`.
  public static let iommu = VirtioDevice(23, [("requestq", 256), ("eventq", 256)])

  /// A memory device: memory that is plugged and unplugged in blocks, with one queue of 128.
  ///
  /// **Source:** VIRTIO 1.3, section 5.15.2; QEMU 7.2 `hw/virtio/virtio-mem.c`.
  public static let memory = VirtioDevice(24, [("guest-request", 128)])
}

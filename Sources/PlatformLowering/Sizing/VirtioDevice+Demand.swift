public import PlatformDescription
public import PoolSizing

extension VirtioDevice {
  /// What the device takes of a restricted pool.
  ///
  /// - Parameters:
  ///   - transport: How its driver reaches it.
  ///   - features: The feature bits that it offers.
  ///   - guestPageSize: The page of the guest, 4, 16 or 64 KiB.
  ///   - leastQueueSize: A size that the VMM offers for every queue, whatever the device asks for.
  /// - Returns: The demand, in slots.
  public func demand(
    transport: VirtioTransport, features: [VirtioFeature] = [],
    guestPageSize: ByteCount = .kib(4), leastQueueSize: Int = 0
  ) -> DeviceDemand {
    VirtioUse(
      deviceID: deviceID, queueSizes: queues.map(\.size), featureBits: features.map(\.bit),
      transport: transport, buffers: effectiveParameters?.buffers ?? VirtioBuffers()
    ).demand(guestPageSize: guestPageSize.bytes, leastQueueSize: leastQueueSize)
  }
}

extension VirtioParameters {
  /// What a device with these parameters keeps in memory besides its queues.
  public var buffers: VirtioBuffers {
    switch self {
    case .network(let it): VirtioBuffers(receiveBuffer: it.receiveBufferSize.bytes)
    case .block(let it): VirtioBuffers(largestRequest: it.maximumRequest.bytes)
    case .console(let it): VirtioBuffers(openPorts: it.ports)
    case .scsi(let it): VirtioBuffers(largestRequest: it.maximumRequest.bytes)
    case .nineP(let it): VirtioBuffers(largestRequest: it.msize.bytes)
    case .gpu(let it):
      // Pixels of 4 bytes: drivers/gpu/drm/virtio/virtgpu_gem.c, virtio_gpu_mode_dumb_create.
      VirtioBuffers(
        kept: (ByteCount.bytes(4) * it.width * it.height * it.numScanouts * it.framebuffers).bytes)
    case .socket(let it): VirtioBuffers(receiveBuffer: it.receiveBufferSize.bytes)
    case .sound(let it): VirtioBuffers(streaming: (it.bufferSize * it.streams).bytes)
    case .fileSystem(let it): VirtioBuffers(largestRequest: it.maxWrite.bytes)
    }
  }
}

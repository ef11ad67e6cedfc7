extension VirtioDevice {
  /// A console.
  ///
  /// - Parameters:
  ///   - ports: The number of ports that the guest opens, at least 1.
  ///   - queueSize: The size of the ports' queues; QEMU's and kvmtool's is 128, crosvm's 256.
  ///   - maxNrPorts: `max_nr_ports`, for how many ports there are queues; as many as there are ports,
  ///     unless said otherwise. QEMU's `virtio-serial` has 31. More than one come with
  ///     VIRTIO_CONSOLE_F_MULTIPORT and two control queues, of 32.
  /// - Returns: The device with its queues.
  ///
  /// **Source:** VIRTIO 1.3, section 5.3.2; QEMU 7.2 `hw/char/virtio-serial-bus.c`.
  public static func console(
    ports: Int = 1, queueSize: Int = 128, maxNrPorts: Int? = nil
  ) -> VirtioDevice {
    // Port 0, then the control queues, then the other ports: VIRTIO 1.3, section 5.3.2.
    var queues: [(name: String, size: Int)] = []
    for port in counted(maxNrPorts ?? ports) {
      if port == 1 {
        queues.append(("control receiveq", 32))
        queues.append(("control transmitq", 32))
      }
      queues.append(("receiveq\(port)", queueSize))
      queues.append(("transmitq\(port)", queueSize))
    }
    return VirtioDevice(3, queues).with(.console(VirtioConsoleParameters(ports: ports)))
  }

  /// An input device: a queue of 64 for events, and one for what the guest answers.
  ///
  /// **Source:** VIRTIO 1.3, section 5.8.2; QEMU 7.2 `hw/input/virtio-input.c`.
  public static let input = VirtioDevice(18, [("eventq", 64), ("statusq", 64)])

  /// A GPU.
  ///
  /// - Parameters:
  ///   - scanouts: `num_scanouts`, the number of displays, 1 to 16.
  ///   - width: The width of each display, in pixels of 4 bytes.
  ///   - height: The height of each, in pixels.
  ///   - framebuffers: How many framebuffers of that size the guest keeps for each display: 1 for
  ///     a console, 2 or 3 for a compositor that draws ahead.
  ///   - queueSize: The size of the queue for commands; QEMU's is 64, or 256 with virgl, crosvm's
  ///     512. That for the cursor has 16.
  /// - Returns: The device with its queues.
  ///
  /// **Source:** VIRTIO 1.3, sections 5.7.2 and 5.7.4; QEMU 7.2 `hw/display/virtio-gpu-base.c`, and
  /// `xres` and `yres` of `include/hw/virtio/virtio-gpu.h`.
  public static func gpu(
    scanouts: Int = 1, width: Int = 1280, height: Int = 800, framebuffers: Int = 1,
    queueSize: Int = 64
  ) -> VirtioDevice {
    VirtioDevice(16, [("controlq", queueSize), ("cursorq", 16)]).with(
      .gpu(
        VirtioGPUParameters(
          numScanouts: scanouts, width: width, height: height, framebuffers: framebuffers)))
  }

  /// A sound device with two streams.
  public static let sound = VirtioDevice.sound()

  /// A sound device.
  ///
  /// - Parameters:
  ///   - streams: `streams`, the number of PCM streams: those for output and those for input.
  ///   - queueSize: The size of its queues; QEMU's is 64.
  ///   - bufferSize: The buffer of a stream while it runs: Linux allows for 160 ms, which at
  ///     QEMU's two channels of 4 bytes and 384 kHz is 480 KiB.
  /// - Returns: The device with its four queues.
  ///
  /// **Source:** VIRTIO 1.3, sections 5.14.2 and 5.14.4; QEMU 8.2 `hw/audio/virtio-snd.c`; Linux
  /// `sound/virtio/virtio_pcm.c`, `pcm_buffer_ms`.
  public static func sound(
    streams: Int = 2, queueSize: Int = 64, bufferSize: ByteCount = .kib(480)
  ) -> VirtioDevice {
    VirtioDevice(25, ["controlq", "eventq", "txq", "rxq"].map { ($0, queueSize) })
      .with(.sound(VirtioSoundParameters(streams: streams, bufferSize: bufferSize)))
  }
}

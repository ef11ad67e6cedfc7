/// What the buffers of a GPU need.
///
/// **Source:** VIRTIO 1.3, section 5.7.4; Linux `drivers/gpu/drm/virtio/virtgpu_object.c`.
public struct VirtioGPUParameters: Sendable, Hashable, Codable {
  /// `num_scanouts`, the number of displays, 1 to 16.
  public var numScanouts: Int
  /// The width of each display, in pixels of 4 bytes.
  public var width: Int
  /// The height of each display, in pixels.
  public var height: Int
  /// How many framebuffers of that size the guest keeps for each display.
  public var framebuffers: Int

  /// With Linux's figures, and those of QEMU's devices, unless said otherwise.
  public init(numScanouts: Int = 1, width: Int = 1280, height: Int = 800, framebuffers: Int = 1) {
    self.numScanouts = numScanouts
    self.width = width
    self.height = height
    self.framebuffers = framebuffers
  }
}

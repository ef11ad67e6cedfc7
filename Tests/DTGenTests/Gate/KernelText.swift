/// Configurations of kernels, as far as rules look at them.
enum KernelText {
  /// One of Linux 6.12 for arm64.
  static func configuration(pools: Bool) -> String {
    let built = [
      "OF", "SWIOTLB", "VIRTIO_MMIO", "VIRTIO_PCI", "VIRTIO_BLK", "VIRTIO_NET", "ARM64_4K_PAGES",
      "PCI_HOST_GENERIC", "CC_IS_GCC",
    ]
    return """
      #
      # Automatically generated file; DO NOT EDIT.
      # Linux/arm64 6.12.43 Kernel Configuration
      #
      CONFIG_CC_VERSION_TEXT="aarch64-linux-gnu-gcc"
      \(built.map { "CONFIG_\($0)=y" }.joined(separator: "\n"))
      \(pools ? "CONFIG_DMA_RESTRICTED_POOL=y" : "# CONFIG_DMA_RESTRICTED_POOL is not set")

      """
  }
}

/// What keeps the memory of a guest from its host, so that its devices reach only what it shares.
///
/// Said of a ``VirtualMachine`` with `confidential:`. Every virtio device then offers
/// VIRTIO_F_ACCESS_PLATFORM, and withholding it or VIRTIO_F_VERSION_1 is a mistake.
///
/// **Source:** Linux 6.12 `drivers/virtio/virtio.c`, `virtio_features_ok`, and what each case names.
public enum Confidentiality: String, Sendable, Hashable, Codable, CaseIterable {
  /// KVM in Android's protected mode, on arm64: the guest shares its restricted pools, and nothing else.
  ///
  /// **Source:** Linux 6.12 `drivers/virt/coco/pkvm-guest/arm-pkvm-guest.c`; `kernel/dma/swiotlb.c`,
  /// `rmem_swiotlb_device_init`.
  case pKVM
  /// A realm of Arm's Confidential Compute Architecture: all DMA bounces through Linux's default pool.
  ///
  /// **Source:** Linux 6.13 `arch/arm64/kernel/rsi.c`, and `arch/arm64/mm/init.c`.
  case armCCA
  /// AMD's Secure Encrypted Virtualization, on x86_64: all DMA bounces through Linux's default pool.
  ///
  /// **Source:** Linux 6.12 `arch/x86/mm/mem_encrypt.c`.
  case sev
  /// Intel's Trust Domain Extensions, on x86_64: all DMA bounces through Linux's default pool.
  ///
  /// **Source:** Linux 6.12 `arch/x86/coco/tdx/tdx.c` and `arch/x86/mm/mem_encrypt.c`.
  case tdx
  /// A secure VM of POWER's Protected Execution Facility, on ppc64: all DMA bounces through Linux's default
  /// pool, if the kernel is told so.
  ///
  /// **Source:** Linux 6.12 `arch/powerpc/platforms/pseries/svm.c`, `init_svm`.
  case powerSVM
  /// Protected virtualization, IBM Secure Execution, on s390x: all DMA bounces through Linux's default pool.
  ///
  /// **Source:** Linux 6.12 `arch/s390/mm/init.c`, `pv_init`.
  case s390PV
}

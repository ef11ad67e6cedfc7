public import PlatformDescription
import PoolSizing

extension Bounce {
  /// `bytes` up to the next whole segment, as Linux's default pool has them.
  ///
  /// **Source:** Linux 6.12 `kernel/dma/swiotlb.c`, `swiotlb_adjust_size`.
  static func segments(_ bytes: UInt64) -> UInt64 {
    let rest = bytes % segment
    return rest == 0 ? bytes : bytes &+ (segment - rest)
  }
}

extension Confidentiality {
  /// Where a guest is whose memory it keeps: `under AMD SEV`.
  public var words: String {
    switch self {
    case .pKVM: "under pKVM"
    case .armCCA: "in a realm"
    case .sev: "under AMD SEV"
    case .tdx: "under Intel TDX"
    case .powerSVM: "under POWER's protected execution"
    case .s390PV: "under s390's protected virtualization"
    }
  }

  /// The instruction set that has it.
  var architecture: Architecture {
    switch self {
    case .pKVM, .armCCA: .arm64
    case .sev, .tdx: .x86_64
    case .powerSVM: .ppc64
    case .s390PV: .s390x
    }
  }

  /// A part of a VMM's machine as it is in such a guest.
  ///
  /// Realms call PSCI as they call their monitor.
  ///
  /// **Source:** Linux 6.13 `arch/arm64/kernel/rsi.c`, `arm64_rsi_init`, which looks for a realm's monitor
  /// behind PSCI's conduit, and there by SMC alone.
  func completing(_ element: Element) -> Element {
    guard self == .armCCA, case .psci(var psci) = element else { return element }
    psci.method = .smc
    return .psci(psci)
  }

  /// Whether Linux bounces the DMA of all devices through its default pool.
  public var bouncesEverything: Bool { self != .pKVM }

  /// Whether Linux itself refuses a virtio device that would reach the guest's memory by its addresses.
  ///
  /// **Source:** Linux 6.12 `arch/x86/mm/mem_encrypt.c`, `mem_encrypt_setup_arch`, and `arch/s390/mm/init.c`,
  /// `pv_init`, which set the callback that `virtio_features_ok` calls; arm64 and powerpc have none.
  var refusesUntranslated: Bool {
    switch self {
    case .sev, .tdx, .s390PV: true
    case .pKVM, .armCCA, .powerSVM: false
    }
  }

  /// Whether Linux bounces nothing unless its command line says so.
  ///
  /// A secure VM asks for it in an initcall, when the pool was made already or, without `force`, was not.
  ///
  /// **Source:** Linux 6.12 `arch/powerpc/platforms/pseries/svm.c`, `init_svm`, an early initcall, which sets
  /// `ppc_swiotlb_enable` and `ppc_swiotlb_flags`; `arch/powerpc/mm/mem.c`, `mem_init`, which has handed both
  /// to `swiotlb_init` by then; `kernel/dma/swiotlb.c`, `swiotlb_init_remap`. Before 5.19 it didn't need to be
  /// told; it does no harm there.
  public var bouncesWhenTold: Bool { self == .powerSVM }

  /// How large Linux makes its default pool, in bytes, unless it is told; nil where nothing bounces there.
  ///
  /// **Source:** Linux 6.12 `arch/x86/mm/mem_encrypt.c`, `mem_encrypt_setup_arch`: 6 % of memory, 64 MiB at
  /// least and 1 GiB at most; `include/linux/swiotlb.h`, `IO_TLB_DEFAULT_SIZE`, which arm64, powerpc and s390
  /// leave as it is.
  func defaultPool(memory: UInt64) -> UInt64? {
    let least: UInt64 = 64 << 20
    return switch self {
    case .pKVM: nil
    case .armCCA, .powerSVM, .s390PV: least
    case .sev, .tdx:
      min(max(Bounce.segments(memory / 100 * 6 + memory % 100 * 6 / 100), least), 1 << 30)
    }
  }
}

import PlatformDescription
import PoolSizing

extension MachineLowering {
  /// Says what can't be in a guest whose memory is kept from its host.
  mutating func checkConfidentiality() {
    guard let kind = machine.confidential else { return }
    guard kind.architecture == architecture else {
      mistake(
        "description/other-architecture",
        "a guest \(kind.words) is \(kind.architecture.rawValue), and '\(machine.name)' is \(architecture.rawValue)",
        at: machine.declaration.location, help: "leave 'confidential:' out, or say another")
      return
    }
    for device in virtio { checkOffer(of: device, kind) }
    if kind == .pKVM, machine.hasTree { checkPools() }
    if kind == .pKVM, !machine.hasTree {
      mistake(
        "description/no-effect-under-acpi",
        "a guest under pKVM shares restricted pools and nothing else, and under ACPI Linux has none",
        at: machine.declaration.location, help: "describe the machine with a device tree")
    }
    if kind == .armCCA { checkConduit() }
  }

  /// Whether a device offers what lets its driver bounce.
  private mutating func checkOffer(of device: LoweredDevice, _ kind: Confidentiality) {
    for feature in [VirtioFeature.version1, .accessPlatform]
    where !device.features.contains(where: { $0.bit == feature.bit }) {
      mistake(
        "description/confidential-device",
        "this device doesn't offer \(feature.name), and "
          + (kind.refusesUntranslated
            ? "Linux refuses such a device \(kind.words)"
            : "so its rings and buffers stay in memory that the host can't reach \(kind.words)"),
        at: device.location, help: "leave it out of 'withholding:', and let the VMM offer it")
    }
    // Linux 6.12 drivers/virtio/virtio_balloon.c, virtballoon_validate: its pages are no DMA, so it gives
    // the feature back.
    if kind.refusesUntranslated || kind == .powerSVM, device.deviceID == 5 {
      mistake(
        "description/confidential-device",
        "Linux's balloon gives VIRTIO_F_ACCESS_PLATFORM back, and "
          + (kind.refusesUntranslated
            ? "is refused \(kind.words)"
            : "its rings stay in memory that the host can't reach \(kind.words)"),
        at: device.location, help: "leave the balloon out: the host can't use the pages anyway")
    }
  }

  /// Whether every device has a pool, which is all that a protected guest shares.
  private mutating func checkPools() {
    let pools = Set(poolTargets.values)
    for (index, device) in virtio.enumerated()
    where device.deviceID != 23 && endpoints[index] == nil
      && !device.regions.contains(where: pools.contains)
    {
      refuseWithoutPool(at: device.location)
    }
    for function in machine.elements.functionsWithoutRegion {
      refuseWithoutPool(at: function.declaration.location)
    }
  }

  private mutating func refuseWithoutPool(at location: SourceLocation?) {
    mistake(
      "description/protected-device-without-pool",
      "'\(machine.name)' shares its pools with the host and nothing else, and this device has none",
      at: location, help: "say 'memoryRegion:' with a RestrictedDMAPool")
  }

  /// Whether a realm finds its monitor.
  ///
  /// **Source:** Linux 6.13 `arch/arm64/kernel/rsi.c`, `arm64_rsi_init`, which looks no further where the
  /// conduit isn't SMC.
  private mutating func checkConduit() {
    for element in presetElements + busElements + machine.elements {
      guard case .psci(let psci) = element, psci.method != .smc else { continue }
      mistake(
        "description/realm-without-smc",
        "PSCI of '\(machine.name)' goes through \(psci.method.rawValue), and Linux finds out that it is in a realm through smc alone",
        at: psci.declaration.location, help: "say 'PSCI(method: .smc)'")
    }
  }

  /// What follows from what keeps the memory from the host.
  func confidentiality() -> LoweredConfidentiality? {
    guard let kind = machine.confidential else { return nil }
    guard let usual = kind.defaultPool(memory: memorySize) else {
      return LoweredConfidentiality(kind: kind)
    }
    let pools = Set(poolTargets.values)
    let demands = virtio.indices.filter { index in
      virtio[index].deviceID != 23 && endpoints[index] == nil
        && !virtio[index].regions.contains(where: pools.contains)
    }.map { index -> DeviceDemand in
      var demand = user(.init(path: virtio[index].path, virtioIndex: index), pageSize).demand
      // What is allocated for DMA is shared page by page: kernel/dma/direct.c, dma_direct_alloc.
      demand.rings = 0
      return demand
    }
    let demand = PoolDemand(demands)
    let need = demand.sum + demand.gaps
    return LoweredConfidentiality(
      kind: kind,
      defaultPool: .init(
        need: need, usual: usual, slots: need > usual ? Bounce.segments(need) / Bounce.slot : nil,
        isForced: kind.bouncesWhenTold))
  }

  /// The page of kernels as they mostly are: 64 KiB on POWER.
  ///
  /// **Source:** Linux 6.12 `arch/powerpc/Kconfig`, `PPC_64K_PAGES`, and the configurations of distributions.
  private var pageSize: ByteCount { architecture == .ppc64 ? .kib(64) : .kib(4) }

  /// RAM, in bytes, as far as it is described.
  private var memorySize: UInt64 {
    (presetElements + machine.elements).reduce(0) { sum, element in
      guard case .memory(let memory) = element else { return sum }
      let (total, overflow) = sum.addingReportingOverflow(memory.size.bytes)
      return overflow ? .max : total
    }
  }
}

extension [Element] {
  /// The functions of PCI that are no virtio devices, and have neither a region nor an IOMMU.
  fileprivate var functionsWithoutRegion: [PCIFunction] {
    flatMap { element -> [PCIFunction] in
      guard case .pciHostBridge(let host) = element, host.memoryRegion.isEmpty else { return [] }
      return host.content.functionsWithoutRegion.filter {
        $0.bypassesIOMMU || ($0.iommu ?? host.iommu) == nil
      }
    }
  }
}

extension [PCIContent] {
  fileprivate var functionsWithoutRegion: [PCIFunction] {
    flatMap { part -> [PCIFunction] in
      switch part {
      case .pciFunction(let function): function.memoryRegion.isEmpty ? [function] : []
      case .pciBridge(let bridge): bridge.content.functionsWithoutRegion
      default: []
      }
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// Where some devices are confined, the others should be too.
enum MixedConfinement: Rule {
  static let id = "dma/mixed-confinement"
  static let severity = Severity.warning
  static let summary = "a device or PCI host is left out while others are confined"
  static let rationale = """
    Whoever stands behind the device can be handed any address of the guest's memory. If the other \
    devices are confined because the VMM is not trusted, or may not map all of memory, one that is \
    left out undoes it. A PCI host stands for every function that may be plugged into it.
    """
  static let consequence = "the DMA of this device may go anywhere in memory, or fails in the VMM"
  static let help = """
    name a pool in memory-region of this device too, or allow the finding with the reason why it may
    """
  static let exceptions = """
    Devices that the features do not list, where features are given: those are empty slots; and \
    IOMMUs themselves. Where features are given, a PCI host is judged by its functions. An IOMMU \
    counts for devices of its own kind alone, because a machine's usually stands in front of PCI, and \
    not of virtio-mmio. Without features many transports that nothing confines are told once: most \
    of a VMM's slots are empty, and the tree doesn't say which. Of other devices a few are known to do \
    DMA, as USB and AHCI hosts and PL330s; of one that is not known nothing is said.
    """
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .linux("drivers/pci/pci-driver.c", "pci_dma_configure"),
    .linux("drivers/virtio/virtio_ring.c", "vring_use_dma_api"),
  ]
  static let silencedBy: [any Rule.Type] = [
    ProtectedGuestWithoutPool.self, BridgeNotMapped.self, HostWithoutMap.self,
  ]
  static let good = [
    Example(
      """
      &disk {
        /delete-property/ memory-region;
      };
      &net {
        /delete-property/ memory-region;
      };
      /delete-node/ &bounce;
      """),
    Example(
      in: .pci,
      """
      &pci {
        memory-region = <&bounce>;
      };
      """),
  ]
  static let bad = [
    Example(
      """
      &net {  // finding
        /delete-property/ memory-region;
      };
      """),
    Example(
      in: .pci,
      """
      &pci {  // finding
        bus-range = <0x0 0xff>;
        /delete-property/ memory-region;
      };
      """),
    Example(
      in: .pci, features: functions,
      """
      &pci {  // finding
        /delete-property/ memory-region;
        disk@1,0 {
          reg = <0x800 0x0 0x0 0x0 0x0>;
          memory-region = <&bounce>;
        };
      };
      """),
    Example(
      in: .iommu,
      """
      &disk {
        iommus = <&smmu 1>;
        /delete-property/ memory-region;
      };
      &net {  // finding
        /delete-property/ memory-region;
      };
      /delete-node/ &bounce;
      """),
    Example(slots(2...6)),
    Example(
      """
      / {
        usb@c000000 {  // finding
          compatible = "generic-xhci";
          reg = <0x0 0xc000000 0x0 0x10000>;
          interrupts = <0 40 4>;
          dma-coherent;
        };
      };
      """),
  ]

  /// So many transports are told of one by one where any of them may be an empty slot.
  private static let fewTransports = 4

  private static func slots(_ addresses: ClosedRange<Int>) -> String {
    let nodes = addresses.map { slot in
      let address = String(0xa00_0000 + slot * 0x200, radix: 16)
      return """
          virtio@\(address) {\(slot == addresses.lowerBound ? "  // finding" : "")
            compatible = "virtio,mmio";
            reg = <0x0 0x\(address) 0x0 0x200>;
            interrupts = <0 \(16 + slot) 1>;
            dma-coherent;
          };
        """
    }
    return "/ {\n" + nodes.joined(separator: "\n") + "\n};\n"
  }

  private static let functions = DeviceFeatures(
    devices: GuestExamples.usualFeatures + [
      .init(
        node: "/pcie@4010000000", requesterID: 0x8, type: 2, featureBits: [32, 33],
        queueSizes: [256]),
      .init(
        node: "/pcie@4010000000", requesterID: 0x10, type: 1, featureBits: [32],
        queueSizes: [256, 256]),
    ])

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // Where nobody tells of functions, one that nothing confines has a host that nothing confines.
    let devices = (view.dmaDevices + view.hiddenFunctions).filter { device in
      if isIOMMU(device) { return false }
      return view.features == nil ? device.kind != .pciFunction : device.features != nil
    }
    let pooled = devices.filter { $0.effectivePool != nil }
    // Looked up by whether they are on PCI, never walked.
    let translated = Dictionary(grouping: devices.filter(isBehindIOMMU), by: isPCI)
    var unconfined: [(device: DMADevice, others: [DMADevice])] = []
    for device in devices where device.effectiveMemoryRegion == nil {
      guard case .allMemory(because: .notConfined) = device.outcome else { continue }
      let others = pooled.isEmpty ? translated[isPCI(device)] ?? [] : pooled
      if !others.isEmpty { unconfined.append((device, others)) }
    }
    checkMasters(beside: pooled, of: devices.count, view, &report)
    let what = pooled.isEmpty ? "are behind an IOMMU" : "have a pool"
    let expected = pooled.isEmpty ? "an IOMMU" : "memory-region with a restricted pool"
    let slots = view.features == nil ? unconfined.filter { !isPCI($0.device) } : []
    if let first = slots.first, slots.count > fewTransports {
      unconfined.removeAll { !isPCI($0.device) }
      report(
        """
        nothing confines what is in this slot and \(slots.count - 1) others, while \
        \(first.others.count) of \(devices.count) \(what)
        """,
        at: .device(first.device), expected: expected,
        related: [Party("is confined", at: .device(first.others[0]))]
          + slots.dropFirst().map { Party("is not", at: .device($0.device)) })
    }
    for (device, others) in unconfined {
      report(
        "nothing confines this device, while \(others.count) of \(devices.count) \(what)",
        at: .device(device), expected: expected,
        related: [Party("is confined", at: .device(others[0]))])
    }
  }

  /// Devices that are no virtio devices, and whose drivers map buffers with the DMA API.
  ///
  /// **Source:** Linux `drivers/usb/host/xhci-plat.c`, `ohci-platform.c`, `ehci-platform.c`;
  /// `drivers/ata/ahci_platform.c`; `drivers/dma/pl330.c`; `drivers/usb/dwc3/core.c`.
  private static let masters = [
    "arm,pl330", "generic-ahci", "generic-ehci", "generic-ohci", "generic-xhci", "snps,dwc3",
    "xhci-platform",
  ]

  private static func checkMasters(
    beside pooled: [DMADevice], of count: Int, _ view: GuestView, _ report: inout Reporter
  ) {
    guard let example = pooled.first else { return }
    for node in view.nodes(compatibleWithAny: masters)
    where view.isInstantiated(node) && !node.has("memory-region") && !node.has("iommus") {
      report(
        "nothing confines this device, while \(pooled.count) of \(count) virtio devices and hosts have a pool",
        at: .node(node), expected: "memory-region with a restricted pool",
        related: [Party("is confined", at: .device(example))])
    }
  }

  private static func isPCI(_ device: DMADevice) -> Bool { device.kind != .virtioMMIO }

  private static func isIOMMU(_ device: DMADevice) -> Bool {
    device.features?.isIOMMU ?? false || device.hasNode && device.node.has("#iommu-cells")
  }

  private static func isBehindIOMMU(_ device: DMADevice) -> Bool {
    guard case .iommu = device.outcome else { return false }
    return true
  }
}

import PlatformDescription

extension OfferLowering {
  /// The PCI host that the VMM's machine has, with the devices on it.
  mutating func lower(_ noun: PCIHostBridge) {
    let location = noun.declaration.location
    guard shared.isFirst("PCIHostBridge", at: location) else { return }
    if noun.configurationSpace != nil || noun.domain != nil || noun.firstInterrupt != nil
      || noun.msi != nil
    {
      refuse(
        "where a PCI host is, and where its interrupts lead, isn't offered by a device",
        at: location,
        help: "write 'PCIHostBridge { … }', for the one that the machine has")
    }
    for region in noun.memoryRegion { refuse(region: region.name ?? "", at: location) }
    if noun.iommu != nil { refuseIOMMU(at: location) }
    var host = PCIHostDraft(
      noun: noun, domain: 0, bridge: nil, firstInterrupt: nil,
      requesters: RequesterMapDraft(common: nil))
    let bus = PCIBusDraft(segment: 0, number: 0, last: 0, parent: Target(noun), isRoot: true)
    for part in noun.content {
      switch part {
      case .virtioPCI(let function): lower(function, on: bus, of: &host)
      case .virtioIOMMU(let iommu): refuseIOMMU(at: iommu.declaration.location)
      case .window(let window):
        refuse("windows of PCI are no device's", at: window.location)
      case .pciFunction(let function):
        refuse("this function is no virtio device", at: function.declaration.location)
      case .pciBridge(let bridge):
        refuse(
          "this bridge is no virtio device", at: bridge.declaration.location,
          help: "write the devices in the braces of the PCIHostBridge")
      }
    }
    shared.checkFirstFunctions(of: host, hasOwnBridge: false)
  }

  private mutating func lower(
    _ noun: VirtioPCI, on bus: PCIBusDraft, of host: inout PCIHostDraft
  ) {
    let location = noun.declaration.location
    refuseAllowances(noun.declaration)
    shared.refuseWordsOfNodes(noun.declaration, of: "what a VMM describes")
    shared.check(noun.device, at: location)
    shared.checkFeatures(noun.features + noun.withholding, of: noun.device, at: location)
    for region in noun.memoryRegion { refuse(region: region.name ?? "", at: location) }
    if noun.iommu != nil { refuseIOMMU(at: location) }
    if noun.interrupt != nil {
      refuse("where an interrupt leads isn't offered by a device", at: location)
    }
    guard
      let address = shared.address(
        slot: noun.slot, function: noun.function, on: bus, of: &host, at: location)
    else { return }
    shared.virtio.append(
      LoweredDevice(
        path: Self.hostPath, deviceID: noun.device.deviceID, queues: noun.device.queues,
        parameters: noun.device.effectiveParameters,
        features: shared.offered(
          noun.features, by: noun.device, withholding: noun.withholding, isConfined: false),
        slot: nil, transport: .pci(address), hasNode: false, backend: noun.backend,
        location: location))
  }
}

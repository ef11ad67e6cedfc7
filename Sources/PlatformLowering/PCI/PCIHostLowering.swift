import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func node(for stated: PCIHostBridge) -> DraftNode? {
    let location = stated.declaration.location
    let domain = inventory.takeDomain()
    guard let layout = layout(of: stated), let space = layout.configurationSpace,
      check(space, at: location), checkDomain(domain, at: location)
    else { return nil }
    let isMachines = stated.configurationSpace == nil
    let noun =
      isMachines ? stated.completed(by: layout, at: machine.declaration.location) : stated
    var host = PCIHostDraft(
      noun: noun, domain: domain, bridge: isMachines ? machinePCI?.bridge : nil,
      firstInterrupt: noun.firstInterrupt ?? layout.firstInterrupt,
      requesters: RequesterMapDraft(common: noun.iommu.map { Target($0) }))
    if isMachines { host.deviceInterrupts = DeviceInterrupts(machinePCI, around: noun.content) }
    if let iommu = noun.iommu { isPlaced(iommu, at: location) }
    if !isMachines {
      host.partLocations = noun.windows.enumerated().map {
        ("ranges[\($0.offset)]", $0.element.location)
      }
    }
    let isECAM = space.layout == .ecam
    var node = DraftNode(
      isECAM ? names.pcieHost : names.pciHost,
      at: names.pciHostIsNamedAfterItsMemory
        ? layout.windows.first { $0.space == .memory32 }?.at ?? space.at : space.at,
      declaration: noun.declaration, target: Target(noun))
    node.set("compatible", .string(isECAM ? "pci-host-ecam-generic" : "pci-host-cam-generic"))
    node.set("device_type", .string("pci"))
    node.set("reg", reg: [(space.at, space.size ?? space.sizeOfBuses)])
    node.set("bus-range", .cells([UInt32(space.buses.first), UInt32(space.buses.last)]))
    node.set("linux,pci-domain", .u32(UInt32(domain)))
    node.set("#address-cells", .u32(3))
    node.set("#size-cells", .u32(2))
    node.set("ranges", .cells(layout.windows.flatMap { cells(of: $0, in: noun) }))
    setCoherency(noun.dmaCoherent, of: &node)
    setMemoryRegion(noun.memoryRegion, names: noun.memoryRegionNames, of: &node, at: location)
    node.children = functions(
      noun.content,
      on: PCIBusDraft(
        segment: domain, number: space.buses.first, last: space.buses.last, parent: Target(noun),
        isRoot: true),
      of: &host)
    checkFirstFunctions(of: host)
    setInterruptMap(of: host, &node)
    setMSI(of: noun, domain: domain, &node)
    let iommuMap = host.requesters.cells(domain: domain, known: inventory.placedIOMMUs)
    if !iommuMap.isEmpty { node.set("iommu-map", .cells(iommuMap)) }
    node.functionIndices = host.functionIndices
    node.partLocations = host.partLocations
    finish(&node)
    return node
  }

  /// The noun that says where the host is and what leads to it: itself, or the machine's own.
  mutating func layout(of noun: PCIHostBridge) -> PCIHostBridge? {
    guard noun.configurationSpace == nil else { return noun }
    let location = noun.declaration.location
    guard let known = machinePCI else {
      mistake(
        "description/no-place",
        "this host has no address, and '\(machine.name)' is no machine with a PCI host",
        at: location, help: "say 'ecam:' and 'buses:', or describe the machine with 'on:'")
      return nil
    }
    if let window = noun.windows.first {
      mistake(
        "description/stated-twice", "the PCI host of this machine has its own windows",
        at: window.location, help: "leave the window out, or say 'ecam:' and 'buses:' too",
        related: [.init("the host is here", at: location)])
    }
    return known.host
  }

  /// Whether the buses are some, and have room.
  mutating func check(
    _ space: PCIHostBridge.ConfigurationSpace, at location: SourceLocation?
  ) -> Bool {
    guard 0 <= space.buses.first, space.buses.first <= space.buses.last, space.buses.last <= 255
    else {
      mistake(
        "description/no-such-bus",
        "there are no buses \(space.buses.first) to \(space.buses.last): 0 to 255", at: location)
      return false
    }
    if let size = space.size, size < space.sizeOfBuses {
      let count = space.buses.last - space.buses.first + 1
      mistake(
        "description/configuration-space-too-small",
        "\(size) of configuration space have no room for \(count) \(count == 1 ? "bus" : "buses")",
        at: location,
        help: "leave 'size:' out, make it at least \(space.sizeOfBuses), or end 'buses:' earlier")
    }
    return true
  }

  /// Whether a guest finds the functions: it asks a slot for function 0, and goes on only where it is.
  ///
  /// **Source:** Linux `drivers/pci/probe.c`, `pci_scan_slot`.
  mutating func checkFirstFunctions(of host: PCIHostDraft, hasOwnBridge: Bool = true) {
    for (address, location) in host.addresses.sorted(by: {
      $0.key.requesterID < $1.key.requesterID
    }) where address.function > 0 {
      var first = address
      first.function = 0
      // The bridge of the host itself is at slot 0, and nobody describes it.
      if host.addresses[first] != nil
        || hasOwnBridge && host.isRoot(address) && address.device == 0
      {
        continue
      }
      mistake(
        "description/no-first-function",
        "slot \(address.device) has a function \(address.function) and no function 0: "
          + "guests look no further",
        at: location, help: "put a device at function 0, or this one")
    }
  }

  mutating func checkDomain(_ domain: Int, at location: SourceLocation?) -> Bool {
    guard (0...0xffff).contains(domain) else {
      mistake(
        "description/no-such-domain", "there is no PCI domain \(domain): 0 to 65535",
        at: location)
      return false
    }
    if let first = pciDomains[domain] {
      mistake(
        "description/duplicate-name", "two PCI hosts of '\(machine.name)' are domain \(domain)",
        at: location, help: "leave 'domain:' out, or give one of them another number",
        related: [.init("the first is here", at: first)])
    }
    pciDomains[domain] = .some(location)
    return true
  }
}

extension PCIHostBridge {
  var windows: [Window] {
    content.compactMap { part in if case .window(let window) = part { window } else { nil } }
  }
}

extension PCIHostBridge.ConfigurationSpace {
  /// What the buses take.
  ///
  /// **Source:** kernel binding `pci/host-generic-pci.yaml`.
  var sizeOfBuses: ByteCount {
    (layout == .ecam ? ByteCount.mib(1) : .kib(64)) * (buses.last - buses.first + 1)
  }
}

import PlatformDescription

/// A generic PCI host, with its windows.
enum PCIHostBridgeRecogniser: NounRecogniser {
  static let noun = "PCIHostBridge"

  static func proposal(for node: Candidate) -> Proposal? {
    let isECAM = node.isCompatible("pci-host-ecam-generic")
    guard isECAM || node.isCompatible("pci-host-cam-generic"), let range = node.range,
      let buses = node.cells("bus-range"), buses.count == 2, buses[0] <= buses[1],
      buses[1] < 256, let windows = node.pciWindows
    else { return nil }
    let numbers = Int(buses[0])...Int(buses[1])
    let room = (isECAM ? ByteCount.mib(1) : .kib(64)) * numbers.count
    let size = range.size == room ? nil : range.size
    let content = windows.map { PCIContent.window($0) }
    var host =
      isECAM
      ? PCIHostBridge(ecam: range.at, size: size, buses: numbers) { content }
      : PCIHostBridge(cam: range.at, size: size, buses: numbers) { content }
    if let domain = node.number("linux,pci-domain"), domain > 0 { host.domain = domain }
    host.firstInterrupt = node.firstMappedInterrupt
    host.msi = node.has("msi-map") ? nil : node.has("msi-parent") ? .parent : .off
    host.dmaCoherent = node.has("dma-coherent")
    if let regions = node.regions("memory-region") { host.memoryRegion = regions }
    host.iommu = node.iommu("iommu-map")
    host.declaration = node.declaration
    return Proposal(host, .device)
  }
}

/// The PCI host of a machine that is borrowed.
enum MachinePCIHostRecogniser: NounRecogniser {
  static let noun = "PCIHostBridge of the machine"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isOnBorrowedMachine, node.isCompatible("pci-host-ecam-generic") else { return nil }
    var host = PCIHostBridge()
    if let regions = node.regions("memory-region") { host.memoryRegion = regions }
    host.iommu = node.iommu("iommu-map")
    host.declaration = node.declaration
    return Proposal(host, .device)
  }
}

extension Candidate {
  /// The windows in `ranges`; nil where one is none that the language has a word for.
  ///
  /// **Source:** PCI Bus Binding to IEEE 1275, revision 2.1, section 2.2.1.1.
  fileprivate var pciWindows: [Window]? {
    guard let cells = cells("ranges"), !cells.isEmpty, cells.count % 7 == 0 else { return nil }
    var windows: [Window] = []
    for start in stride(from: 0, to: cells.count, by: 7) {
      let kind = cells[start]
      let space: Window.Space
      switch kind & 0xbfff_ffff {
      case 0x0100_0000: space = .io
      case 0x0200_0000: space = .memory32
      case 0x0300_0000: space = .memory64
      default: return nil
      }
      let bus = GuestAddress(UInt64(cells[start + 1]) << 32 | UInt64(cells[start + 2]))
      let address = GuestAddress(UInt64(cells[start + 3]) << 32 | UInt64(cells[start + 4]))
      let size = ByteCount.bytes(UInt64(cells[start + 5]) << 32 | UInt64(cells[start + 6]))
      var window = Window(
        space, at: address, size: size,
        busAddress: space.usualBusAddress(address) == bus ? nil : bus,
        prefetchable: kind & 0x4000_0000 != 0)
      // What is refused of it is laid to the bridge.
      window.location = recognition.location(of: index)
      windows.append(window)
    }
    return windows
  }

}

extension Window.Space {
  /// What the bus address is unless it is said: I/O starts at 0, memory is as the processors see it.
  fileprivate func usualBusAddress(_ address: GuestAddress) -> GuestAddress {
    self == .io ? 0 : address
  }
}

extension PCIHostBridge: SourceNoun {
  var references: [Reference] { memoryRegion + (iommu.map { [$0] } ?? []) }

  func call(_ text: NounText) -> Call {
    var arguments: [Argument] = []
    if let space = configurationSpace {
      arguments.append(Argument(space.layout == .ecam ? "ecam" : "cam", text.address(space.at)))
      if let size = space.size { arguments.append(Argument("size", text.size(size))) }
      arguments.append(Argument("buses", "\(space.buses.first)...\(space.buses.last)"))
      if let domain { arguments.append(Argument("domain", "\(domain)")) }
    }
    if memoryRegion.count == 1, memoryRegionNames.isEmpty {
      arguments.append(Argument("memoryRegion", text.name(memoryRegion[0])))
    }
    if let iommu { arguments.append(Argument("iommu", text.name(iommu))) }
    if let firstInterrupt {
      arguments.append(Argument("firstInterrupt", text.interrupt(firstInterrupt)))
    }
    if let msi { arguments.append(Argument("msi", ".\(msi.rawValue)")) }
    var windows: [Statement]? = content.compactMap { part in
      if case .window(let window) = part { Statement(window.call(text)) } else { nil }
    }
    if configurationSpace == nil, windows?.isEmpty == true { windows = nil }
    var call = Call("PCIHostBridge", arguments, block: windows)
    if memoryRegion.count > 1 || !memoryRegionNames.isEmpty {
      call.modifiers.append(text.memoryRegion(memoryRegion, names: memoryRegionNames))
    }
    if !dmaCoherent { call.modifiers.append(Call("nonCoherent")) }
    return call
  }
}

extension Window {
  fileprivate func call(_ text: NounText) -> Call {
    var arguments = [
      Argument(".\(space.rawValue)"), Argument("at", text.address(at)),
      Argument("size", text.size(size)),
    ]
    if let busAddress { arguments.append(Argument("busAddress", text.address(busAddress))) }
    if prefetchable { arguments.append(Argument("prefetchable", "true")) }
    return Call("Window", arguments)
  }
}

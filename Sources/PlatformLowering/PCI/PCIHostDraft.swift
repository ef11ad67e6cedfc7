import PlatformDescription

/// What is gathered about a PCI host while its functions are lowered.
struct PCIHostDraft {
  let noun: PCIHostBridge
  /// Its number among the hosts.
  let domain: Int
  /// What the VMM has at slot 0, function 0; nil where a device may be there.
  let bridge: String?
  /// Where INTA of slot 0 leads; nil where pins don't rotate.
  let firstInterrupt: Interrupt?
  /// What the machine gives away to devices that don't say where their pins lead; nil for nothing.
  var deviceInterrupts: DeviceInterrupts?
  /// What `iommu-map` will say.
  var requesters: RequesterMapDraft
  /// The interrupts of single slots, in the order of the description.
  var slotInterrupts: [(slot: Int, interrupt: Interrupt, location: SourceLocation?)] = []
  /// The positions among the virtio devices of the functions that have no node.
  var functionIndices: [Int] = []
  /// Where those functions, and the windows, were written.
  var partLocations: [(part: String, location: SourceLocation?)] = []
  /// The functions that there are, with the place of each.
  var addresses: [PCIAddress: SourceLocation?] = [:]
  /// The buses behind bridges.
  var buses: [Behind] = []

  /// Buses behind a bridge.
  struct Behind {
    /// The bus on which the bridge is.
    var parent: Int
    var first: Int
    var last: Int
    var location: SourceLocation?
  }

  /// Whether an address is on the host's own bus.
  func isRoot(_ address: PCIAddress) -> Bool {
    address.bus == (noun.configurationSpace?.buses.first ?? 0)
  }

  /// The IOMMU in front of a function.
  func iommu(of function: some PCIRequester) -> Target? {
    function.bypassesIOMMU ? nil : (function.iommu ?? noun.iommu).map { Target($0) }
  }

  /// The names of the regions through which a function does DMA.
  func regions(of function: some PCIRequester) -> [String] {
    (function.memoryRegion.isEmpty ? noun.memoryRegion : function.memoryRegion).compactMap(\.name)
  }

  /// Whether the DMA of a function is restricted or translated, so that it has to go through the
  /// platform's.
  func isConfined(_ function: some PCIRequester) -> Bool {
    !function.memoryRegion.isEmpty || !noun.memoryRegion.isEmpty || iommu(of: function) != nil
  }
}

/// A bus of a PCI host on which functions are.
struct PCIBusDraft {
  /// The segment and the number of the bus.
  var segment: Int
  var number: Int
  /// The last bus that is reached through it.
  var last: Int
  /// What leads to it: the host, or a bridge.
  var parent: Target
  /// Whether it is the host's own.
  var isRoot: Bool
}

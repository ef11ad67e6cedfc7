import DeviceTree

extension MachinesView {
  /// Whether two machines reserve exactly the same addresses, for whatever they use them.
  ///
  /// Regions of Xen's with different identifiers are other memory.
  public var hasReservedAlike: Bool {
    var owners: [AddressRange: (machine: Int, xenID: String?)] = [:]
    for (number, machine) in machines.enumerated() {
      for region in machine.view.reservedMemory?.readableRegions ?? []
      where machine.view.isAvailable(region.node) {
        guard let range = region.range else { continue }
        let id = RegionInventory.xenID(of: region.node)
        if let owner = owners[range], owner.machine != number {
          if owner.xenID == nil || id == nil || owner.xenID == id { return true }
        } else {
          owners[range] = (number, id)
        }
      }
    }
    return false
  }
}

public import DeviceTree

extension LoweredMachine {
  /// What the machine has that stands outside of the nodes, where no overlay reaches.
  ///
  /// - Parameter base: What the overlay is laid over.
  /// - Returns: A mistake for each.
  public func beyondOverlays(over base: Tree) -> [Mistake] {
    var mistakes: [Mistake] = []
    for (reservation, location) in zip(tree.memoryReservations, reservationLocations)
    where !base.memoryReservations.contains(where: {
      $0.address == reservation.address && $0.size == reservation.size
    }) {
      mistakes.append(
        Mistake(
          "description/beyond-overlay",
          "an overlay is nodes and properties; a reservation stands ahead of those, in the tree itself",
          at: location ?? self.location,
          help: "emit a dtb, or describe a ReservedMemory with noMap"))
    }
    if let bootCPU, bootCPU != base.bootCPU {
      mistakes.append(
        Mistake(
          "description/beyond-overlay",
          "an overlay is nodes and properties; the boot CPU stands ahead of those, in the tree itself",
          at: location, help: "emit a dtb, or leave '.bootCPU' out"))
    }
    return mistakes
  }
}

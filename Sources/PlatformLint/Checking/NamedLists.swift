import DeviceTree
import GuestView

/// Lists of names, and the lists whose entries they name.
enum NamedLists {
  /// A list of names.
  struct Pair {
    /// The property with the names.
    let names: String
    /// The properties that can hold the entries, the one that counts first.
    let lists: [String]
  }

  /// **Source:** Linux, the bindings of each; the drivers look names up with
  /// `of_property_match_string`.
  static let pairs = [
    Pair(names: "clock-names", lists: ["clocks"]),
    Pair(names: "dma-names", lists: ["dmas"]),
    Pair(names: "interconnect-names", lists: ["interconnects"]),
    Pair(names: "interrupt-names", lists: ["interrupts-extended", "interrupts"]),
    Pair(names: "io-channel-names", lists: ["io-channels"]),
    Pair(names: "mbox-names", lists: ["mboxes"]),
    Pair(names: "memory-region-names", lists: ["memory-region"]),
    Pair(names: "mux-control-names", lists: ["mux-controls", "mux-states"]),
    Pair(names: "nvmem-cell-names", lists: ["nvmem-cells"]),
    Pair(names: "phy-names", lists: ["phys"]),
    Pair(names: "power-domain-names", lists: ["power-domains"]),
    Pair(names: "pwm-names", lists: ["pwms"]),
    Pair(names: "reg-names", lists: ["reg"]),
    Pair(names: "reset-names", lists: ["resets"]),
  ]

  /// The number of entries of `list`, a property of an enabled node; nil where it can't be told.
  static func count(
    of list: FlattenedTree.Property, _ view: GuestView, _ shared: SharedWork
  ) -> Int? {
    let references = shared.references.counts[list.index]
    if references >= 0 { return Int(references) }
    if list.isNamed("reg") {
      guard let parent = list.node.parent else { return nil }
      let cells = view.cells(of: parent)
      guard cells.entry > 0, list.cellCount % cells.entry == 0 else { return nil }
      return list.cellCount / cells.entry
    }
    if list.isNamed("interrupts") {
      guard let controller = view.interruptParent(of: list.node),
        let cells = controller.property("#interrupt-cells")?.cell(0), cells > 0,
        list.cellCount % Int(cells) == 0
      else { return nil }
      return list.cellCount / Int(cells)
    }
    return nil
  }
}

import DeviceTree
import GuestView

/// The properties that are lists of references.
enum ReferenceProperties {
  /// One of them.
  struct Kind {
    /// The name; nil for names that are known by their end.
    let name: String
    /// What its targets have to say; nil where a reference is a phandle alone.
    let cells: String?
    /// Whether a target may leave that out, which then means 0.
    var isOptional = false
  }

  /// The kinds, with the properties of each; references to an IOMMU, to an MSI controller and to
  /// regions of memory have rules of their own.
  ///
  /// **Source:** Linux `drivers/of/property.c`, `of_supplier_bindings`, and the bindings of each.
  static let kinds: [Kind] = [
    Kind(name: "access-controllers", cells: "#access-controller-cells"),
    Kind(name: "assigned-clock-parents", cells: "#clock-cells"),
    Kind(name: "assigned-clocks", cells: "#clock-cells"),
    Kind(name: "clocks", cells: "#clock-cells"),
    Kind(name: "cooling-device", cells: "#cooling-cells"),
    Kind(name: "dmas", cells: "#dma-cells"),
    Kind(name: "hwlocks", cells: "#hwlock-cells"),
    Kind(name: "interconnects", cells: "#interconnect-cells"),
    Kind(name: "interrupts-extended", cells: "#interrupt-cells"),
    Kind(name: "io-channels", cells: "#io-channel-cells"),
    Kind(name: "mboxes", cells: "#mbox-cells"),
    Kind(name: "memory-region", cells: nil),
    Kind(name: "mux-controls", cells: "#mux-control-cells"),
    Kind(name: "next-level-cache", cells: nil),
    Kind(name: "nvmem-cells", cells: "#nvmem-cell-cells", isOptional: true),
    Kind(name: "operating-points-v2", cells: nil),
    Kind(name: "phy-handle", cells: nil),
    Kind(name: "phys", cells: "#phy-cells"),
    Kind(name: "power-domains", cells: "#power-domain-cells"),
    Kind(name: "pwms", cells: "#pwm-cells"),
    Kind(name: "resets", cells: "#reset-cells"),
    Kind(name: "sound-dai", cells: "#sound-dai-cells"),
    Kind(name: "thermal-sensors", cells: "#thermal-sensor-cells"),
  ]

  /// Every list of references in an enabled node that is not in order, by kind and then in the order
  /// of the tree.
  static func faults(
    in view: GuestView, _ body: (FlattenedTree.Property, ReferenceWalk.Fault, Kind) -> Void
  ) {
    // In /aliases, names are the author's own, and values are paths.
    let aliases = view.tree.root.child("aliases")?.index
    for kind in kinds {
      for property in view.properties(named: kind.name)
      where view.isEnabled(property.node) && property.node.index != aliases {
        visit(property, kind, view, body)
      }
    }
    let hogs = view.properties(named: "gpio-hog")
    for name in view.propertyIndex.names where isGPIO(name) {
      let kind = Kind(name: name, cells: "#gpio-cells")
      for property in view.properties(named: name)
      where view.isEnabled(property.node) && property.node.index != aliases {
        // The gpios of a hog are numbers of its parent's.
        guard hogs.property(of: property.node) == nil else { continue }
        visit(property, kind, view, body)
      }
    }
  }

  /// The number of whole references in `property`; nil where its name is no list's, or where the
  /// list is not in order.
  static func count(of property: FlattenedTree.Property, _ view: GuestView) -> Int? {
    guard let kind = kinds.first(where: { property.isNamed($0.name) }) else { return nil }
    let walk = ReferenceWalk(
      property, cellsName: kind.cells, isOptional: kind.isOptional, view)
    return walk.fault == nil ? walk.count : nil
  }

  private static func visit(
    _ property: FlattenedTree.Property, _ kind: Kind, _ view: GuestView,
    _ body: (FlattenedTree.Property, ReferenceWalk.Fault, Kind) -> Void
  ) {
    let walk = ReferenceWalk(
      property, cellsName: kind.cells, isOptional: kind.isOptional, view)
    if let fault = walk.fault { body(property, fault, kind) }
  }

  /// **Source:** Linux `drivers/of/property.c`, `parse_gpio` and `parse_gpios`.
  private static func isGPIO(_ name: String) -> Bool {
    if name.hasSuffix(",nr-gpios") || name == "nr-gpios" { return false }
    return name.hasSuffix("-gpios") || name.hasSuffix("-gpio") || name == "gpios" || name == "gpio"
  }
}

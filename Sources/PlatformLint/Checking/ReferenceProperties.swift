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

  /// A list of references that is not in order.
  typealias Fault = (property: FlattenedTree.Property, fault: ReferenceWalk.Fault, kind: Kind)

  /// Every list of references in an enabled node that is not in order, by kind and then in the order
  /// of the tree.
  static func faults(in view: GuestView) -> [Fault] {
    var faults: [Fault] = []
    for kind in kinds { appendFaults(of: kind, in: view, to: &faults) }
    let hogs = view.properties(named: "gpio-hog")
    let index = view.propertyIndex
    let names = (index.nameNumbers(endingIn: "gpio") + index.nameNumbers(endingIn: "gpios"))
      .sorted().map(view.tree.propertyName).filter(isGPIO)
    for name in names {
      // The gpios of a hog are numbers of its parent's.
      appendFaults(
        of: Kind(name: name, cells: "#gpio-cells"), in: view, except: hogs, to: &faults)
    }
    return faults
  }

  private static func appendFaults(
    of kind: Kind, in view: GuestView, except others: PropertyIndex.Matches? = nil,
    to faults: inout [Fault]
  ) {
    let properties = view.enabledProperties(named: kind.name)
    if properties.isEmpty { return }
    // In /aliases, names are the author's own, and values are paths.
    let aliases = view.tree.root.child("aliases")?.index
    let cells = kind.cells.map(view.properties(named:))
    for property in properties {
      let walk = ReferenceWalk(property, cells: cells, isOptional: kind.isOptional, view)
      guard let fault = walk.fault else { continue }
      let node = property.node
      if node.index == aliases || others?.property(of: node) != nil { continue }
      faults.append((property, fault, kind))
    }
  }

  /// The kind of the lists that are called `name`; nil where that is no list's name.
  static func kind(named name: String) -> Kind? { kinds.first { $0.name == name } }

  /// **Source:** Linux `drivers/of/property.c`, `parse_gpio` and `parse_gpios`.
  private static func isGPIO(_ name: String) -> Bool {
    if name.hasSuffix(",nr-gpios") || name == "nr-gpios" { return false }
    return name.hasSuffix("-gpios") || name.hasSuffix("-gpio") || name == "gpios" || name == "gpio"
  }
}

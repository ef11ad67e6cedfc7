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
    /// Whether an entry of 0 leaves a reference out; in the others it is one that leads nowhere.
    ///
    /// **Source:** Linux `drivers/of/base.c`, `__of_parse_phandle_with_args`, which gives -ENOENT for
    /// such an entry: drivers do without what is optional to them.
    var hasHoles: Bool { cells != nil && name != "interrupts-extended" && name != "msi-parent" }
  }

  /// The kinds, with the properties of each; references to an IOMMU and to
  /// regions of memory have rules of their own, and so has what `msi-parent` and maps lead to.
  ///
  /// **Source:** Linux `drivers/of/property.c`, `of_supplier_bindings`, and the bindings of each.
  static let kinds: [Kind] = [
    Kind(name: "access-controllers", cells: "#access-controller-cells"),
    Kind(name: "assigned-clock-parents", cells: "#clock-cells"),
    Kind(name: "assigned-clocks", cells: "#clock-cells"),
    Kind(name: "clocks", cells: "#clock-cells"),
    Kind(name: "cooling-device", cells: "#cooling-cells"),
    Kind(name: "cpu", cells: nil),
    Kind(name: "cpu-idle-states", cells: nil),
    Kind(name: "dmas", cells: "#dma-cells"),
    Kind(name: "hwlocks", cells: "#hwlock-cells"),
    Kind(name: "interconnects", cells: "#interconnect-cells"),
    Kind(name: "interrupts-extended", cells: "#interrupt-cells"),
    Kind(name: "io-channels", cells: "#io-channel-cells"),
    Kind(name: "mboxes", cells: "#mbox-cells"),
    Kind(name: "memory-region", cells: nil),
    Kind(name: "msi-parent", cells: "#msi-cells", isOptional: true),
    Kind(name: "mux-controls", cells: "#mux-control-cells"),
    Kind(name: "next-level-cache", cells: nil),
    Kind(name: "nvmem-cells", cells: "#nvmem-cell-cells", isOptional: true),
    Kind(name: "operating-points-v2", cells: nil),
    Kind(name: "phy-handle", cells: nil),
    Kind(name: "phys", cells: "#phy-cells"),
    Kind(name: "pinctrl-0", cells: nil),
    Kind(name: "pinctrl-1", cells: nil),
    Kind(name: "power-domains", cells: "#power-domain-cells"),
    Kind(name: "pwms", cells: "#pwm-cells"),
    Kind(name: "regmap", cells: nil),
    Kind(name: "resets", cells: "#reset-cells"),
    Kind(name: "riscv,children", cells: nil),
    Kind(name: "sound-dai", cells: "#sound-dai-cells"),
    Kind(name: "thermal-sensors", cells: "#thermal-sensor-cells"),
  ]

  /// A list of references that is not in order.
  typealias Fault = (property: FlattenedTree.Property, fault: ReferenceWalk.Fault, kind: Kind)

  /// What is found in the lists of references of a tree.
  struct Survey {
    /// Every list in an enabled node that is not in order, by kind and then in the order of the tree.
    fileprivate(set) var faults: [Fault] = []
    /// The number of references in each property, by its position; -1 for those that are no list of an
    /// enabled node, or not in order.
    fileprivate(set) var counts: [Int32]
  }

  /// Walks all lists in enabled nodes.
  static func survey(_ view: GuestView) -> Survey {
    var survey = Survey(counts: Array(repeating: -1, count: view.tree.propertyCount))
    for kind in kinds { walk(kind, in: view, &survey) }
    let hogs = view.properties(named: "gpio-hog")
    let index = view.propertyIndex
    let names = (index.nameNumbers(endingIn: "gpio") + index.nameNumbers(endingIn: "gpios"))
      .sorted().map(view.tree.propertyName).filter(isGPIO)
    for name in names {
      // The gpios of a hog are numbers of its parent's.
      walk(Kind(name: name, cells: "#gpio-cells"), in: view, except: hogs, &survey)
    }
    return survey
  }

  private static func walk(
    _ kind: Kind, in view: GuestView, except others: PropertyIndex.Matches? = nil,
    _ survey: inout Survey
  ) {
    let properties = view.enabledProperties(named: kind.name)
    if properties.isEmpty { return }
    // In /aliases, names are the author's own, and values are paths.
    let aliases = view.tree.root.child("aliases")?.index
    let cells = kind.cells.map(view.properties(named:))
    let phandles = view.phandles
    for position in properties.positions {
      let walk = ReferenceWalk.along(
        Int(position), of: view.tree, cells: cells, isOptional: kind.isOptional,
        hasHoles: kind.hasHoles, isOverlay: view.isOverlay, phandles)
      guard let fault = walk.fault else {
        survey.counts[Int(position)] = Int32(walk.count)
        continue
      }
      let property = view.tree.properties[Int(position)]
      let node = property.node
      if node.index == aliases || others?.property(of: node) != nil { continue }
      survey.faults.append((property, fault, kind))
    }
  }

  /// **Source:** Linux `drivers/of/property.c`, `parse_gpio` and `parse_gpios`.
  private static func isGPIO(_ name: String) -> Bool {
    if name.hasSuffix(",nr-gpios") || name == "nr-gpios" { return false }
    return name.hasSuffix("-gpios") || name.hasSuffix("-gpio") || name == "gpios" || name == "gpio"
  }
}

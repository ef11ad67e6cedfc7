import DeviceTree
import GuestView

/// The guests that Xen makes of a host's tree.
///
/// **Source:** Xen `xen/arch/arm/dom0less-build.c`, `create_domUs`.
enum Dom0less {
  /// The nodes of the guests: children of `/chosen` that are compatible with `xen,domain`.
  static func domains(in view: GuestView) -> [FlattenedTree.Node] {
    view.nodes(compatibleWith: "xen,domain").filter { node in
      node.parent?.isNamed("chosen") ?? false && node.parent?.parent?.index == 0
    }
  }

  /// The KiB of memory that a guest gets; nil where Xen can't read the property.
  ///
  /// **Source:** Xen `xen/common/device_tree.c`, `dt_property_read_u64`: two cells.
  static func memory(of domain: FlattenedTree.Node) -> UInt64? {
    domain.property("memory").flatMap { $0.count >= 8 ? $0.number(at: 0, cells: 2) : nil }
  }

  /// How Xen counts the cells of `xen,static-mem`: as the nearest node above says.
  ///
  /// **Source:** Xen `xen/arch/arm/static-memory.c`, `parse_static_mem_prop`; `xen/common/device_tree.c`,
  /// `dt_n_addr_cells`, `dt_n_size_cells`.
  static func cells(above node: FlattenedTree.Node) -> (address: Int, size: Int) {
    func nearest(_ name: String, otherwise: Int) -> Int {
      var above = node.parent
      while let current = above {
        if let cells = current.property(name)?.cell(0) { return Int(min(cells, 8)) }
        above = current.parent
      }
      return otherwise
    }
    return (nearest("#address-cells", otherwise: 2), nearest("#size-cells", otherwise: 1))
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// A pool or another reserved region must be as it was described.
enum RegionDiffers: Rule {
  static let id = "drift/region-differs"
  static let severity = Severity.error
  static let summary = "a reserved region is not where or what it was described to be"
  static let rationale = """
    Whoever serves a confined device was given the memory that the description names. A pool that the VMM moves, makes \
    larger, or gives other properties, is other memory: the backend can't reach it, or what lies in it was \
    never meant for the backend.
    """
  static let consequence =
    "the devices of the pool work with other memory than was judged, or with none"
  static let help = "have the VMM pass the region as it was built, or describe it as the VMM has it"
  static let exceptions = "None. The order of regions and their phandles don't matter."
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "__reserved_mem_reserve_reg"),
    .linux("kernel/dma/swiotlb.c", "rmem_swiotlb_device_init"),
  ]
  static let needs: Inputs = [.tree, .expected]

  static let good = [Example(expecting: "", "&bounce {\n  phandle = <0x55>;\n};")]
  static let bad = [
    Example(
      expecting: "",
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x400000>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let expected = view.expected else { return }
    for (before, now) in ExpectedRegions(view, expected).pairs {
      let (wanted, found) = (ExpectedRegions.words(before), ExpectedRegions.words(now))
      guard wanted != found else { continue }
      let property = now.node.property("reg") ?? now.node.property("size")
      report(
        "the region was described otherwise", at: property.map { .property($0) } ?? .node(now.node),
        found: found, expected: wanted)
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// A reserved region that the VMM adds may take what the description counted on.
enum RegionAdded: Rule {
  static let id = "drift/region-added"
  static let severity = Severity.warning
  static let summary = "the VMM passes a reserved region that was not described"
  static let rationale = """
    VMMs reserve memory for their own purposes, and nothing of what was described changes with it. But a pool among \
    them takes the devices that name it, and memory that is gone was counted on when the description was judged.
    """
  static let consequence = "the guest has less memory, or another pool"
  static let help = "describe the region, or waive the finding where it is the VMM's own"
  static let exceptions =
    "Entries of /memreserve/, which VMMs use for the tree and the initial RAM disk."
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "__reserved_mem_reserve_reg")
  ]
  static let needs: Inputs = [.tree, .expected]

  static let good = [Example(in: .bare, expecting: region, region)]
  static let bad = [
    Example(
      in: .bare, expecting: "", region.replacing("5f000000 {", with: "5f000000 {  // finding"))
  ]

  private static let region = """
    &reserved {
      kept@5f000000 {
        reg = <0x0 0x5f000000 0x0 0x100000>;
        no-map;
      };
    };
    """

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let expected = view.expected else { return }
    for region in ExpectedRegions(view, expected).added {
      report(
        "the region was not described", at: .node(region.node),
        found: ExpectedRegions.words(region))
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// A reserved region of the description must be in what the VMM passes.
enum RegionMissing: Rule {
  static let id = "drift/region-missing"
  static let severity = Severity.error
  static let summary = "a reserved region that was described is not in the tree that the VMM passes"
  static let rationale = """
    Without its node a pool is memory like any other, and a region that was kept from the guest is handed out by its \
    allocator. A VMM that writes /reserved-memory anew loses both without a word.
    """
  static let consequence = "the guest uses the memory for whatever it likes"
  static let help = "have the VMM pass /reserved-memory as it was built"
  static let exceptions = "None."
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "fdt_scan_reserved_mem")
  ]
  static let needs: Inputs = [.tree, .expected]

  static let good = [Example(in: .bare, expecting: region, region)]
  static let bad = [
    Example(
      in: .bare, expecting: region,
      """
      / {
        reserved-memory {  // finding
        };
      };
      """)
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
    for region in ExpectedRegions(view, expected).missing {
      report(
        "\(region.node.name) was described, and no enabled region of that name or place is there",
        at: .node(view.reservedMemory?.node ?? view.tree.root),
        expected: ExpectedRegions.words(region))
    }
  }
}

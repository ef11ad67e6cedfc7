public import ACPI
public import DeviceTree
import Diagnostics
public import GuestView

/// A tree and tables that a rule finds a difference in, or none: a test and a paragraph of its page.
public struct ParityExample: Sendable {
  /// The tree.
  public let tree: Example
  /// The tables.
  public let tables: TableExample
  /// Where something is found: `\_SB.VIO0: _CRS[1]` or `/virtio@a000000`, as a report has it.
  public let places: [String]

  /// A tree, and objects in `\_SB` of an SSDT with other tables; `base` and `tables` of one guest.
  public init(
    at places: [String] = [], _ tree: String = "", in base: Example.Base = .virt,
    _ terms: [Term], tables: TableExample.Base = .arm64, with others: [[UInt8]] = []
  ) {
    self.places = places
    self.tree = Example(in: base, tree)
    let hasITS = tables == .arm64 && (base == .pci || base == .iommu)
    self.tables = TableExample(in: hasITS ? .arm64WithITS : tables, terms, with: others)
  }

  /// The base as it is, and objects in `\_SB` of an SSDT with other tables.
  public init(
    at places: [String] = [], _ terms: [Term], tables: TableExample.Base = .arm64,
    with others: [[UInt8]] = []
  ) {
    self.init(at: places, "", terms, tables: tables, with: others)
  }

  /// A tree, and tables as they are.
  public init(
    at places: [String] = [], _ tree: String = "", in base: Example.Base = .virt,
    tables: [[UInt8]], base tableBase: TableExample.Base = .none
  ) {
    self.places = places
    self.tree = Example(in: base, tree)
    self.tables = TableExample(in: tableBase, tables: tables)
  }

  /// What the guest gets, of a tree that somebody compiled.
  public func view(_ tree: FlattenedTree) throws(ACPIError) -> ParityView {
    ParityView(tree: GuestView(tree: tree), tables: try tables.view())
  }
}

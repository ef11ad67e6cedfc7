import ACPI
import GuestView

/// What several rules need of one set of tables, made for the first that asks.
final class SharedTableWork {
  private let view: TablesView

  init(_ view: TablesView) { self.view = view }

  /// Who claims which addresses, by address.
  private(set) lazy var claims = view.claims

  /// Pairs of claims that overlap.
  private(set) lazy var overlaps = Overlaps.pairs(among: claims, by: \.range)

  /// What an interpreter reads and isn't what was meant.
  private(set) lazy var faults = view.namespace.faults

  /// The parts of each table without AML of which anything is known, with its number.
  private(set) lazy var structures: [(table: Int, structure: TableStructure)] =
    view.set.tables.enumerated().compactMap { number, image in
      TableStructure.knows(image.header.signature) ? (number, TableStructure(image)) : nil
    }

  /// The devices that do DMA, with where they may.
  private(set) lazy var dmaDevices = view.dmaDevices

  /// The devices of which is known what they offer.
  private(set) lazy var offeringDevices = view.offeringDevices
}

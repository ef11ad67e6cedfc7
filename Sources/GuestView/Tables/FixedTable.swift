public import ACPI

/// A table without AML, as it was read.
public struct FixedTable<Content: Sendable>: Sendable {
  /// Its number, among those of the set.
  public let number: Int
  /// What it says; nil where it couldn't be read.
  public let content: Content?
  /// Why it couldn't be read.
  public let problem: ACPIError?

  init(_ number: Int, _ image: TableImage, _ read: (TableImage) throws(ACPIError) -> Content) {
    self.number = number
    do {
      content = try read(image)
      problem = nil
    } catch {
      content = nil
      problem = error
    }
  }

  /// The first table of this signature; nil where the set has none.
  static func first(
    _ signature: String, in set: TableSet, _ read: (TableImage) throws(ACPIError) -> Content
  ) -> FixedTable? {
    set.tables(named: signature).first.map { FixedTable($0, set.tables[$0], read) }
  }
}

/// A table without AML, whichever it is.
public protocol ReadTable: Sendable {
  /// Its number, among those of the set.
  var number: Int { get }
  /// Why it couldn't be read.
  var problem: ACPIError? { get }
}

extension FixedTable: ReadTable {}

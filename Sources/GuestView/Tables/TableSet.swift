public import ACPI

/// The tables that one guest is given, from one file or several.
public struct TableSet: Sendable {
  /// One file.
  public struct Member: Sendable {
    /// What findings call the file; nil where nobody named it.
    public let name: String?
    /// The tables in it.
    public let file: TableFile

    /// A file with tables.
    public init(_ file: TableFile, name: String? = nil) {
      self.file = file
      self.name = name
    }
  }

  /// The files, in the order given.
  public let members: [Member]
  /// The tables of all of them, file by file.
  public let tables: [TableImage]
  private let owners: [Int]

  /// The tables of `members` together.
  public init(_ members: [Member]) {
    self.members = members
    tables = members.flatMap(\.file.tables)
    owners = members.indices.flatMap { index in
      [Int](repeating: index, count: members[index].file.tables.count)
    }
  }

  /// The position of the file that a table is in.
  public func member(ofTable number: Int) -> Int {
    owners.indices.contains(number) ? owners[number] : 0
  }

  /// The numbers of the tables with this signature.
  public func tables(named signature: String) -> [Int] {
    tables.indices.filter { tables[$0].header.signature == signature }
  }
}

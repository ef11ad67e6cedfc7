import DeviceTree
import Diagnostics
import GuestView
import PlatformLint

/// One input of a run, and what came of it.
struct LintedFile: Sendable {
  /// The file as the user named it.
  var path: String
  var result: Result<Judgement, Failure>
  /// Where its devices may DMA, if that was asked for.
  var table: (any DMAListing)?
  /// What else is to be said of how it was judged: lower case, without a full stop.
  var remarks: [String] = []
  /// Whether it is one of ACPI tables.
  var isOfTables = false
  /// The ACPI tables in it.
  var tables: [Report.Table] = []
  /// Whether a tree and tables of one machine were compared.
  var isCompared = false

  /// What reports call it.
  var name: String { path.reportedPath }
}

extension FlattenedTree {
  /// How every flattened tree begins.
  static let magic = withUnsafeBytes(of: Header.magic.bigEndian) { Array($0) }

  /// Reads the tree in the file at `path`; `-` is standard input.
  ///
  /// - Throws: ``Failure`` with the name of the file and the byte that is wrong.
  convenience init(file path: String, limits: Limits = Limits()) throws(Failure) {
    let (bytes, fileSize) = try InputFile.read(
      path, limit: limits.maximumSize, magics: [Self.magic],
      sizePromised: FlattenedTree.sizePromised,
      sizeNeeded: FlattenedTree.sizeNeeded)
    try TableMagic.refuseTable(bytes, path: path)
    try self.init(bytes, fileSize: fileSize, limits: limits, path: path)
  }

  /// Reads the tree in `bytes`, the beginning of the file at `path`.
  ///
  /// - Throws: ``Failure`` with the name of the file and the byte that is wrong.
  convenience init(
    _ bytes: [UInt8], fileSize: Int, limits: Limits, path: String
  ) throws(Failure) {
    if bytes.isEmpty {
      throw Failure(.badInput, "\(InputFile.name(of: path)): empty, and no flattened device tree")
    }
    do {
      try self.init(bytes, fileSize: fileSize, limits: limits)
    } catch {
      throw Failure(.badInput, "\(InputFile.name(of: path)): \(error)")
    }
  }

  /// - Throws: ``Failure`` where lists are so long that resolving them takes gibibytes.
  func requireModestLists(called path: String) throws(Failure) {
    guard let refusal = ListSize.refusal(of: self) else { return }
    throw Failure(.badInput, "\(InputFile.name(of: path)): \(refusal)")
  }
}

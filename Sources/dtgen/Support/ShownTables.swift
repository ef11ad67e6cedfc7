import ACPI

/// Tables of ACPI that `dtgen show` prints.
struct ShownTables {
  private let file: TableFile
  private let name: String

  /// How a file with AML begins.
  static let magics = ["DSDT", "SSDT", "PSDT"].map { Array($0.utf8) }

  /// Whether a file that begins like this is one of tables.
  static func begins(_ bytes: [UInt8]) -> Bool { magics.contains { bytes.starts(with: $0) } }

  /// The tables in `bytes`, the file at `path`.
  ///
  /// - Throws: ``Failure`` with the name of the file and the byte that is wrong.
  init(_ bytes: [UInt8], path: String) throws(Failure) {
    name = InputFile.name(of: path)
    do {
      file = try TableFile(bytes)
    } catch {
      throw Failure(.badInput, "\(name): \(error)")
    }
  }

  /// Prints the ASL of all that have any, and says what couldn't be read.
  func show() throws(Failure) -> ExitStatus {
    let namespace = Namespace(file.tables)
    for problem in file.problems + namespace.problems {
      StandardStream.error.writeLine("dtgen: warning: \(name): \(problem)")
    }
    for table in namespace.tables.indices {
      guard let block = namespace.definitionBlock(ofTable: table) else {
        StandardStream.error.writeLine(
          "dtgen: note: \(name): \(namespace.tables[table].header.signature) has no AML")
        continue
      }
      StandardStream.output.write(block.sourceText)
    }
    return .clean
  }
}

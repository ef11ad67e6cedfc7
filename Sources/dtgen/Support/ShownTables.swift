import ACPI

/// Tables of ACPI that `dtgen show` prints.
struct ShownTables {
  private let file: TableFile
  private let name: String

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

  /// Prints the ASL of all that have any, the fields of the others, and says what couldn't be read.
  func show() throws(Failure) -> ExitStatus {
    let namespace = Namespace(file.tables)
    for problem in file.problems + namespace.problems {
      StandardStream.error.writeLine("dtgen: warning: \(name): \(problem)")
    }
    for table in namespace.tables.indices {
      if let block = namespace.definitionBlock(ofTable: table) {
        StandardStream.output.write(block.sourceText)
      } else {
        StandardStream.output.write(TableText(namespace.tables[table]).text)
      }
    }
    // What is printed is not what the whole table has to say.
    return file.problems.allSatisfy { $0.code == .badChecksum } ? .clean : .badInput
  }
}

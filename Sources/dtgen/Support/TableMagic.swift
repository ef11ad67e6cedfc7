import ACPI
import DeviceTree

/// How a file with tables of ACPI begins.
enum TableMagic {
  /// The signatures of ACPI 6.5 and of what others have reserved; a file of four other letters is none.
  ///
  /// **Source:** ACPI 6.5, tables 5.5 and 5.6.
  static let all: [[UInt8]] = [
    "DSDT", "SSDT", "PSDT", "FACP", "APIC", "MCFG", "IORT", "VIOT", "GTDT", "SPCR", "DBG2", "XSDT",
    "RSDT", "FACS", "RSD ", "AEST", "AGDI", "APMT", "ASF!", "BDAT", "BERT", "BGRT", "BOOT", "CCEL",
    "CDIT", "CEDT", "CPEP", "CRAT", "CSRT", "DBGP", "DMAR", "DRTM", "ECDT", "EINJ", "ERST", "ETDT",
    "FPDT", "HEST", "HMAT", "HPET", "IBFT", "IVRS", "LPIT", "MCHI", "MHSP", "MPAM", "MPST", "MSCT",
    "MSDM", "NBFT", "NFIT", "OEM0", "PCCT", "PDTT", "PHAT", "PMTT", "POAT", "PPTT", "PRMT", "RASF",
    "RAS2", "RGRT", "RHCT", "RIMT", "SBST", "SDEI", "SDEV", "SLIC", "SLIT", "SPMI", "SRAT", "STAO",
    "SVKL", "TCPA", "TDEL", "TPM2", "UEFI", "WAET", "WDAT", "WDDT", "WDRT", "WPBT", "WSMT", "XENV",
  ].map { Array($0.utf8) }

  /// Whether a file that begins like this is one of tables.
  static func begins(_ bytes: [UInt8]) -> Bool { all.contains { bytes.starts(with: $0) } }

  /// The signature of a table, whether or not it is one of these; nil where the file doesn't begin with a header.
  ///
  /// **Source:** ACPI 6.5, section 5.2.6: four letters and digits, and a length that has the header in it.
  static func signature(of bytes: [UInt8]) -> String? {
    guard bytes.count >= 8, !begins(bytes) else {
      return begins(bytes) ? String(decoding: bytes.prefix(4), as: UTF8.self) : nil
    }
    let isText = bytes.prefix(4).allSatisfy {
      (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f || $0 == 0x21
    }
    let length = (4..<8).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard isText, (36...mostBytes).contains(length) else { return nil }
    return String(decoding: bytes.prefix(4), as: UTF8.self)
  }

  /// Four letters at the start of a text have more behind them than this.
  private static let mostBytes = 16 << 20

  /// Makes sure that what is read as a tree, the file at `path`, is no table.
  ///
  /// - Throws: ``Failure`` with what it is.
  static func refuseTable(_ bytes: [UInt8], path: String) throws(Failure) {
    guard let signature = signature(of: bytes) else { return }
    throw Failure(
      .badInput,
      "\(InputFile.name(of: path)): an ACPI table with the signature \(signature), not a flattened device tree"
    )
  }

  /// Makes sure that `bytes`, which begin as nothing that is known, aren't a table by their header, and that a
  /// file that is called as a table isn't empty.
  ///
  /// - Throws: ``Failure`` with what it is; `verb` is what isn't done with it.
  static func refuseUnknown(
    _ bytes: [UInt8], path: String, verb: String
  ) throws(Failure) {
    let name = InputFile.name(of: path)
    if bytes.isEmpty, isName(path) {
      throw Failure(.badInput, "\(name): the file is empty, and no ACPI table")
    }
    if isSource(path), !bytes.starts(with: FlattenedTree.magic) {
      throw Failure(.badInput, "\(name): a source of tables by its name: iasl compiles it")
    }
    if isName(path), !bytes.starts(with: FlattenedTree.magic), signature(of: bytes) == nil {
      throw Failure(
        .badInput,
        "\(name): neither an ACPI table, which starts with a signature of four letters and a length, "
          + "nor a flattened device tree")
    }
    guard let signature = signature(of: bytes), !begins(bytes) else { return }
    throw Failure(
      .badInput,
      "\(name): an ACPI table with the signature \(signature), which isn't \(verb)")
  }

  /// Whether a file is called as the text of tables is, which is no input.
  private static func isSource(_ path: String) -> Bool {
    let name = path.lowercased()
    return name.hasSuffix(".asl") || name.hasSuffix(".dsl")
  }

  /// Whether a file is called as tables are.
  static func isName(_ path: String) -> Bool { path.lowercased().hasSuffix(".aml") }
}

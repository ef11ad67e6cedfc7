import ACPI

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
}

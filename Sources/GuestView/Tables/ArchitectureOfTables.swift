import ACPI

/// For what processor a set of tables is, and why that is thought.
public struct ArchitectureOfTables: Sendable, Hashable {
  /// The processor.
  public let architecture: Architecture
  /// What says so: lower case, no full stop.
  public let because: String

  /// A processor that somebody named.
  public init(askedFor architecture: Architecture) {
    self.architecture = architecture
    because = "it was asked for"
  }

  /// A processor that something besides the tables tells.
  public init(_ architecture: Architecture, because: String) {
    self.architecture = architecture
    self.because = because
  }

  /// What the tables tell; nil where they don't.
  init?(_ set: TableSet, madt: MADT?) {
    for entry in madt?.entries ?? [] {
      switch entry {
      case .gicc, .gicd, .gicr:
        self.init(.arm64, because: "APIC lists a GIC")
        return
      case .rintc:
        self.init(.riscv64, because: "APIC lists harts of RISC-V")
        return
      case .localAPIC, .localX2APIC, .ioAPIC:
        self.init(.x86, because: "APIC lists APICs of a PC")
        return
      default: continue
      }
    }
    let known: [(signature: String, architecture: Architecture)] = [
      ("GTDT", .arm64), ("IORT", .arm64), ("RHCT", .riscv64), ("HPET", .x86), ("WAET", .x86),
      ("DMAR", .x86), ("IVRS", .x86),
    ]
    for (signature, architecture) in known where !set.tables(named: signature).isEmpty {
      self.init(architecture, because: "there is \(signature)")
      return
    }
    return nil
  }
}

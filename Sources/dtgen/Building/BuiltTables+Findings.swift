import ACPI
import Diagnostics
import GuestView
import PlatformDescription
import PlatformLint
import PlatformLowering

extension BuiltTables {
  /// What the checker says of the tables, read back from their bytes, with the lines of the description.
  ///
  /// - Parameters:
  ///   - architecture: The machine's processor, which its tables need not tell.
  ///   - machine: The machine with its tree, where it has one: both are compared.
  ///   - lines: The lines of the description.
  /// - Returns: The findings, the gravest first, and what there is to say of allowances.
  /// - Throws: ``Failure`` where a table can't be read back: a fault of dtgen.
  func findings(
    on architecture: PlatformDescription.Architecture?, beside machine: JudgedMachine?,
    _ lines: SourceLines
  ) throws(Failure) -> [Finding] {
    let view = try view(on: architecture)
    let sources = TableFindingSources(lowered, machine, lines)
    var findings = Linter().lint(view).findings
    if let machine {
      findings +=
        Linter().lint(ParityView(tree: machine.view, tables: view), file: machine.fileName)
        .findings
    }
    findings = findings.map(sources.attach)
    return findings + sources.unusedAllowances(findings)
  }

  private func view(
    on architecture: PlatformDescription.Architecture?
  ) throws(Failure) -> TablesView {
    var members: [TableSet.Member] = []
    for table in tables {
      let name = "\(lowered.name)-\(table.stem).aml"
      do {
        members.append(TableSet.Member(try TableFile(table.bytes), name: name))
      } catch {
        throw Failure(.internalError, "\(name): the table can't be read back: \(error)")
      }
    }
    let view = TablesView(
      TableSet(members), features: lowered.hasTree ? nil : DeviceFeatures(lowered.devices),
      architecture: architecture.flatMap(\.ofTables), limits: ACPILimits())
    if let (error, _) = view.limitPassed {
      throw Failure(.badInput, "\(lowered.name): its tables could not be judged: \(error)")
    }
    return view
  }
}

extension PlatformDescription.Architecture {
  /// The same, as views have it.
  fileprivate var ofTables: ArchitectureOfTables? {
    switch self {
    case .arm64: ArchitectureOfTables(askedFor: .arm64)
    case .riscv64: ArchitectureOfTables(askedFor: .riscv64)
    case .x86_64: ArchitectureOfTables(askedFor: .x86)
    // Their machines have no tables.
    case .ppc64, .s390x: nil
    }
  }
}

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
  ///   - lines: The lines of the description.
  /// - Returns: The findings, the gravest first.
  /// - Throws: ``Failure`` where a table can't be read back: a fault of dtgen.
  func findings(
    on architecture: PlatformDescription.Architecture?, _ lines: SourceLines
  ) throws(Failure) -> [Finding] {
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
      TableSet(members), architecture: architecture?.ofTables)
    var locations: [String: PlatformDescription.SourceLocation] = [:]
    for object in lowered.objects { locations[object.path] = object.location }
    func resolved(_ place: Place) -> Place {
      var place = place
      place.source = place.node.flatMap { locations[$0] }.map {
        Diagnostics.SourceLocation($0, in: lines)
      }
      return place
    }
    return Linter().lint(view).findings.map { finding in
      var finding = finding
      finding.place = resolved(finding.place)
      finding.related = finding.related.map { .init($0.message, at: resolved($0.place)) }
      return finding
    }
  }
}

extension PlatformDescription.Architecture {
  /// The same, as views have it.
  fileprivate var ofTables: ArchitectureOfTables {
    switch self {
    case .arm64: ArchitectureOfTables(askedFor: .arm64)
    case .riscv64: ArchitectureOfTables(askedFor: .riscv64)
    case .x86_64: ArchitectureOfTables(askedFor: .x86)
    }
  }
}

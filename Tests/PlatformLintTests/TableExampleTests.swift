import ACPI
import Diagnostics
import GuestView
import PlatformLint
import Testing

@Suite("Every example of tables")
struct TableExampleTests {
  private static let ids = RuleCatalogue.forTables.map { $0.id }

  private func rule(_ id: String) throws -> any TableRule.Type {
    try #require(RuleCatalogue.rule(id) as? any TableRule.Type)
  }

  @Test("every rule about tables has examples of both kinds", arguments: ids)
  func bothKinds(id: String) throws {
    let rule = try rule(id)
    #expect(!rule.goodTables.isEmpty)
    #expect(!rule.badTables.isEmpty)
    for example in rule.goodTables + rule.badTables {
      #expect(example.tables.allSatisfy { $0.count > 36 })
    }
  }

  @Test("a good example has no finding of any rule", arguments: ids)
  func goodExamplesAreClean(id: String) throws {
    for example in try rule(id).goodTables {
      #expect(Linter().lint(try example.view()).findings.map(\.line) == [])
    }
  }

  @Test("a bad example is found at the places that are named, by its rule alone", arguments: ids)
  func badExamplesAreFound(id: String) throws {
    for example in try rule(id).badTables {
      let findings = Linter().lint(try example.view()).findings
      #expect(!example.places.isEmpty)
      #expect(findings.filter { $0.rule != id }.map(\.line) == [])
      #expect(
        Set(findings.map(\.tablePlace)) == Set(example.places), "\(findings.map(\.line))")
      for finding in findings {
        #expect(finding.message.isPhrase, "\(finding.message)")
        #expect(finding.place.file == "example.aml")
        let size = example.tables.reduce(0) { $0 + $1.count }
        let offset = try #require(finding.place.byteOffset)
        #expect(offset >= 0 && offset <= size)
      }
    }
  }

  @Test("a page marks as many lines as there are places", arguments: ids)
  func pagesAreMarked(id: String) throws {
    let rule = try rule(id)
    let lines = RulePage.markdown(for: rule).split(separator: "\n")
    let marked = lines.count { $0.hasSuffix("  // finding") }
    #expect(marked == rule.badTables.reduce(0) { $0 + Set($1.places).count })
  }
}

extension Finding {
  /// Where it is, as examples name it: `\_SB.VIO0: _CRS[1]`.
  var tablePlace: String {
    [place.node, place.element ?? place.property].compactMap(\.self).joined(separator: ": ")
  }
}

import DTGenTestSupport
import Foundation
import PlatformLint
import Testing

@Suite("The page on what dtc checks")
struct DTCPageTests {
  @Test("names rules that exist, and every rule that says it is a check of dtc")
  func pageAndRulesAgree() throws {
    let path = Repository.root + "/Sources/PlatformLint/PlatformLint.docc/DTCChecks.md"
    let page = try String(contentsOfFile: path, encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count > 30)
    for row in rows {
      for id in row.matches(of: /`([a-z]+\/[a-z0-9-]+)`/).map({ String($0.1) }) {
        #expect(RuleCatalogue.rule(id) != nil, "\(id)")
      }
    }
    // The families pci and iommu are named as such.
    for rule in RuleCatalogue.all where rule.family != "pci" && rule.family != "iommu" {
      for name in rule.alsoKnownAs where name.hasPrefix("dtc: ") {
        let check = String(name.dropFirst(5))
        #expect(
          rows.contains { row in
            row.contains("`\(rule.id)`")
              && (row.contains("`\(check)`") || check.hasSuffix("_is_cell"))
          }, "\(check) of \(rule.id)")
      }
    }
  }
}

import DTGenTestSupport
import Foundation
import PlatformLint
import Testing

@Suite("The page on what is known of Linux")
struct FactsCoverageTests {
  /// One fact: its number, how much it weighs, and who looks for it.
  private struct Row {
    var number: String
    var weight: String
    var rules: [String]
    var text: String
  }

  private func page() throws -> (text: String, rows: [Row]) {
    let path = Repository.root + "/Sources/PlatformLint/PlatformLint.docc/FactsCoverage.md"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let rows = text.split(separator: "\n").compactMap { line -> Row? in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 4, cells[0].contains(/^[A-Z]{2}-[0-9]{2}$/) else { return nil }
      let rules = cells[3].matches(of: /`([a-z]+\/[a-z0-9-]+)`/).map { String($0.1) }
      return Row(number: cells[0], weight: cells[1], rules: rules, text: cells[3])
    }
    return (text, rows)
  }

  @Test("has every fact once, and for each a rule that exists or a reason why there is none")
  func rows() throws {
    let (_, rows) = try page()
    #expect(rows.count == 107)
    #expect(Set(rows.map(\.number)).count == rows.count)
    #expect(rows.count { $0.weight == "error" } == 81)
    #expect(rows.count { $0.weight == "warning" } == 26)
    for row in rows {
      #expect(!row.text.isEmpty, "\(row.number)")
      for rule in row.rules {
        #expect(RuleCatalogue.rule(rule) != nil, "\(row.number) names \(rule)")
      }
    }
  }

  @Test("counts right")
  func counts() throws {
    let (text, rows) = try page()
    let ruled = rows.filter { !$0.rules.isEmpty }
    let needFeatures = ruled.filter { row in
      row.rules.allSatisfy { RuleCatalogue.rule($0)?.needs.contains(.features) ?? false }
    }
    let two = ruled.filter { row in
      row.rules.contains { RuleCatalogue.rule($0)?.needs.contains(.machines) ?? false }
    }
    let other = rows.count - ruled.count
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("\(rows.count) of those facts"))
    #expect(words.contains("\(ruled.count) have a rule; \(needFeatures.count) of these ask"))
    #expect(
      words.contains(
        "since a tree can't say it, and \(two.count) for the trees of several machines"))
    #expect(words.contains("\(other) can't be seen"))
  }
}

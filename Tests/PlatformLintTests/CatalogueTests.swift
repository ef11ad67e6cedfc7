import DTGenTestSupport
import Diagnostics
import Foundation
import PlatformLint
import Testing

@Suite("The catalogue")
struct CatalogueTests {
  @Test("what a rule needs tells of what kind it is")
  func kinds() {
    for rule in RuleCatalogue.all {
      #expect((rule is any TableRule.Type) == (rule.needs.isOfTables), "\(rule.id)")
      #expect((rule is any ParityRule.Type) == rule.needs.isOfParity, "\(rule.id)")
      #expect((rule is any PairRule.Type) == rule.needs.contains(.machines), "\(rule.id)")
    }
  }

  @Test("every file in Rules is a line of the catalogue, and every line a file")
  func filesAndLinesAgree() throws {
    let folder = Repository.root + "/Sources/PlatformLint/Rules"
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") }
    #expect(!files.isEmpty)
    let names = files.map { String($0.split(separator: "/")[1].dropLast(".swift".count)) }
    #expect(names.sorted() == RuleCatalogue.all.map { String(describing: $0) }.sorted())
    // The folder is the family.
    let families = files.map { "\($0.split(separator: "/")[0])" }
    #expect(families.sorted() == RuleCatalogue.all.map { $0.family }.sorted())
  }

  @Test("the catalogue is in alphabetical order")
  func isSorted() {
    let names = RuleCatalogue.all.map { String(describing: $0) }
    #expect(names == names.sorted())
  }

  @Test("ids are unique, readable, and find their rule")
  func idsAreUnique() {
    #expect(Set(RuleCatalogue.ids).count == RuleCatalogue.all.count)
    for rule in RuleCatalogue.all {
      #expect(rule.id.wholeMatch(of: /[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(rule.id)")
      #expect(RuleCatalogue.rule(rule.id)?.id == rule.id)
    }
    #expect(RuleCatalogue.rule("memory/no-such-rule") == nil)
  }

  @Test("every rule is told whole", arguments: RuleCatalogue.ids)
  func fieldsAreFilled(id: String) throws {
    let rule = try #require(RuleCatalogue.rule(id))
    #expect(!rule.sources.isEmpty)
    if let rule = rule as? any PairRule.Type {
      #expect(!rule.goodPairs.isEmpty && !rule.badPairs.isEmpty)
      #expect(rule.good.isEmpty && rule.bad.isEmpty)
    } else if let rule = rule as? any TableRule.Type {
      #expect(!rule.goodTables.isEmpty && !rule.badTables.isEmpty)
      #expect(rule.good.isEmpty && rule.bad.isEmpty)
    } else if let rule = rule as? any ParityRule.Type {
      #expect(!rule.goodPairs.isEmpty && !rule.badPairs.isEmpty)
      #expect(rule.good.isEmpty && rule.bad.isEmpty)
    } else {
      #expect(!rule.good.isEmpty)
      #expect(!rule.bad.isEmpty)
    }
    for phrase in [rule.summary, rule.consequence, rule.help] {
      #expect(phrase.isPhrase, "\(phrase)")
    }
    for text in [rule.rationale, rule.exceptions] {
      #expect(text.first?.isUppercase ?? false, "\(text)")
      #expect(text.hasSuffix("."), "\(text)")
    }
    #expect(!rule.silencedBy.contains { $0.id == id })
  }

  @Test("messages, values and parts are phrases", .requires(.dtc), arguments: RuleCatalogue.ids)
  func messagesArePhrases(id: String) throws {
    for example in try #require(RuleCatalogue.rule(id)).bad {
      for finding in try Check(example, of: id).report.findings {
        #expect(finding.message.isPhrase, "\(finding.message)")
        for related in finding.related { #expect(related.message.isPhrase, "\(related.message)") }
        for value in [finding.found, finding.expected].compactMap(\.self) {
          #expect(!value.isEmpty && !value.hasSuffix("."), "\(value)")
        }
        #expect(finding.place.file == "example.dtb")
        #expect(finding.place.node != nil)
        #expect(finding.place.byteOffset != nil)
        #expect(!(finding.logLine ?? "").contains("<device>"))
        #expect(!(finding.logLine ?? "").contains("<node>"))
      }
    }
  }

  @Test("a page has the rule's fields, its examples and its sources", arguments: RuleCatalogue.ids)
  func pagesAreWhole(id: String) throws {
    let rule = try #require(RuleCatalogue.rule(id))
    let page = RulePage.markdown(for: rule)
    #expect(page.hasPrefix("# \(id)\n"))
    #expect(page.hasSuffix("\n") && !page.hasSuffix("\n\n"))
    #expect(!page.contains("\n\n\n"))
    for text in [rule.summary, rule.rationale, rule.exceptions] { #expect(page.contains(text)) }
    for example in rule.good + rule.bad { #expect(page.contains(example.text)) }
    for source in rule.sources { #expect(page.contains(source.description)) }
  }
}

extension String {
  /// Lower case, unless it starts with a name, and without a full stop.
  var isPhrase: Bool {
    guard let first = first(where: { $0.isLetter }) else { return false }
    let word = prefix { $0 != " " }
    let isName =
      word.allSatisfy { !$0.isLowercase } || word.hasPrefix("Linux") || word.hasPrefix("VIRTIO_")
    return (first.isLowercase || isName) && !hasSuffix(".") && !contains("\n")
  }
}

extension Rule {
  static var family: String { String(id.prefix { $0 != "/" }) }
}

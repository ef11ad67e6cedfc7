import Diagnostics
import PlatformLint
import Testing

@testable import dtgen

@Suite("explaining and listing rules")
struct RuleCommandTests {
  @Test("a rule is found by its id and by its name alone")
  func byName() {
    #expect(RuleSearch.rule("dma/two-pools")?.id == "dma/two-pools")
    #expect(RuleSearch.rule("two-pools")?.id == "dma/two-pools")
    #expect(RuleSearch.rule("dma") == nil)
    #expect(RuleSearch.rule("") == nil)
  }

  @Test("a rule is found by what dtc calls it, where that is one rule")
  func byOtherNames() throws {
    for rule in RuleCatalogue.all {
      for name in rule.alsoKnownAs {
        let others = RuleCatalogue.all.filter { $0.alsoKnownAs.contains(name) }
        let plain = name.split(separator: " ").last.map(String.init) ?? name
        #expect(RuleSearch.rule(name)?.id == (others.count == 1 ? rule.id : nil), "\(name)")
        if others.count == 1 { #expect(RuleSearch.rule(plain) != nil, "\(plain)") }
      }
    }
  }

  @Test(
    "a near miss is led back",
    arguments: [
      ("dma/tow-pools", "dma/two-pools"), ("pool-outside-memry", "dma/pool-outside-memory"),
      ("DMA/TWO-POOLS", "dma/two-pools"), ("dma/unused_pool", "dma/unused-pool"),
    ])
  func suggestions(text: String, meant: String) {
    #expect(RuleSearch.suggestions(for: text).first == meant)
    #expect(Explain.unknown(text).message.contains("did you mean \(meant)"))
    #expect(Explain.unknown(text).status == .usage)
  }

  @Test("nonsense is answered with the list, a family with how to list it, and length with nothing")
  func nonsense() {
    #expect(Explain.unknown("xyzzy").message.contains("'dtgen rules' lists them all"))
    #expect(Explain.unknown("dma").message.contains("'dtgen rules dma' lists"))
    #expect(RuleSearch.suggestions(for: String(repeating: "a", count: 1 << 20)).isEmpty)
  }

  @Test("the page for a terminal has all that the rule has, in lines that fit", arguments: rules)
  func manual(id: String) throws {
    let rule = try #require(RuleCatalogue.rule(id))
    let text = RuleManual(style: TextStyle(styled: false)).text(for: rule)
    let words = text.split { $0.isWhitespace }.joined(separator: " ")
    func has(_ part: String) -> Bool {
      words.contains(part.split { $0.isWhitespace }.joined(separator: " "))
    }
    #expect(text.hasPrefix("\(id)  \(rule.severity.rawValue), \(rule.status)\n"))
    for part in [rule.rationale, rule.exceptions] + rule.sources.map(\.description) {
      #expect(has(part), "\(part)")
    }
    for phrase in [rule.summary, rule.consequence, rule.help] {
      #expect(has(String(phrase.dropFirst())))
    }
    for example in rule.good + rule.bad { #expect(has(example.text)) }
    for name in rule.alsoKnownAs { #expect(has(name)) }
    if let line = rule.logLine ?? rule.logExample { #expect(has(line)) }
    let examples = (rule.good + rule.bad).map(\.text) + [rule.logLine ?? rule.logExample ?? ""]
    for line in text.split(separator: "\n") where line.count > 80 {
      let bare = line.drop { $0 == " " }
      #expect(
        !bare.contains(" ") || examples.contains { $0.contains(bare) }, "'\(line)' is too long")
    }
  }

  static let rules = RuleCatalogue.all.map { $0.id }

  @Test("the list has every rule once, with what it needs beside the tree")
  func table() {
    let text = RuleTable().text(style: TextStyle(styled: false))
    let ids = text.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(ids.map(String.init) == Self.rules.sorted())
    let line = text.split(separator: "\n").first { $0.hasPrefix("dma/access-platform-not") }
    #expect(line?.hasSuffix("(needs features)") == true)
    #expect(text.components("(needs tree").count == 1)
    let refused = text.split(separator: "\n").first { $0.hasPrefix("pvmfw/pool-refused") }
    #expect(refused?.hasSuffix("(profile pvmfw)") == true)
    let dropped = text.split(separator: "\n").first { $0.hasPrefix("linux/regions-dropped") }
    #expect(dropped?.hasSuffix("(profile linux, before 6.12)") == true)
  }

  @Test("a family is listed alone, and there is no empty one")
  func families() {
    #expect(RuleTable.families.contains("dma"))
    for family in RuleTable.families { #expect(!RuleTable(family: family).rows.isEmpty) }
    #expect(RuleTable(family: "dma").rows.allSatisfy { $0.id.hasPrefix("dma/") })
    #expect(RuleTable(family: "d").rows.isEmpty)
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}

import Diagnostics
import Foundation
import Testing

@testable import PlatformLint

@Suite("A policy")
struct PolicyTests {
  private func policy(_ text: String) throws -> Policy {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    return try decoder.decode(Policy.self, from: Data(text.utf8))
  }

  @Test("may leave everything out")
  func empty() throws {
    #expect(try policy("{}") == Policy())
  }

  @Test("is read with comments, bare keys and trailing commas")
  func everything() throws {
    let policy = try policy(
      """
      {
        // what the trees are
        profile: "soc", failOn: "never",
        severities: { "dma": "off", "dma/two-pools": "error", },
        waivers: [
          { rule: "dma/two-pools", node: "/a/**", file: "x/*.dtb", reason: "r",
            expires: "2028-02-29" },
        ],
        baseline: "b.json",
      }
      """)
    #expect(policy.profile == .soc)
    #expect(policy.failOn == .never)
    #expect(policy.severities == ["dma": .off, "dma/two-pools": .error])
    #expect(policy.waivers.map(\.description) == ["dma/two-pools at /a/** in x/*.dtb"])
    #expect(policy.baseline == "b.json")
  }

  @Test(
    "is refused with the place of what is wrong in it",
    arguments: [
      (#"{"profil": "vm"}"#, "profil", "unknown key"),
      (#"{"profile": "gpu"}"#, "profile", "'gpu' is no profile"),
      (#"{"failOn": "sometimes"}"#, "failOn", "error, warning, note, never"),
      (#"{"severities": {"dma/nope": "off"}}"#, "severities.dma/nope", "no rule or family"),
      (#"{"severities": {"dma": "loud"}}"#, "severities.dma", "'loud' is none of"),
      (
        #"{"waivers": [{"rule": "dma", "node": "/", "reason": "r"}]}"#, "waivers.Index 0.rule",
        "no rule 'dma'"
      ),
      (
        #"{"waivers": [{"rule": "dma/two-pools", "node": "/"}]}"#, "waivers.Index 0.reason",
        "is missing"
      ),
      (
        #"{"waivers": [{"rule": "dma/two-pools", "node": "/", "reason": " "}]}"#,
        "waivers.Index 0.reason", "is empty"
      ),
      (
        #"{"waivers": [{"rule": "dma/two-pools", "node": "a", "reason": "r"}]}"#,
        "waivers.Index 0.node", "is no path"
      ),
      (
        #"{"waivers": [{"rule": "dma/two-pools", "node": "/", "reason": "r", "expires": "May"}]}"#,
        "waivers.Index 0.expires", "is no date"
      ),
      (
        #"{"waivers": [{"rule": "dma/two-pools", "node": "/", "reason": "r", "until": 1}]}"#,
        "waivers.Index 0.until", "unknown key"
      ),
      (#"{"baseline": ""}"#, "baseline", "is empty"),
      (
        #"{"waivers": [{"rule": "dma/two-pools", "node": "/", "reason": "r", "file": "/a.dtb"}]}"#,
        "waivers.Index 0.file", "has to be relative"
      ),
    ])
  func refusals(text: String, place: String, words: String) throws {
    do {
      _ = try policy(text)
      Issue.record("\(text) is accepted")
    } catch DecodingError.dataCorrupted(let context) {
      #expect(context.codingPath.map(\.stringValue).joined(separator: ".") == place)
      #expect(context.debugDescription.contains(words))
    }
  }

  @Test("names files from where it is, with or without a point in front")
  func relativeFiles() throws {
    let policy = try policy(
      #"{waivers: [{rule: "dma/two-pools", node: "/", reason: "r", file: "././a/*.dtb"}]}"#)
    #expect(policy.waivers.first?.file == Glob("a/*.dtb"))
  }

  @Test("holds a waiver to the end of its last day")
  func expiry() throws {
    let policy = try policy(
      #"{waivers: [{rule: "dma/two-pools", node: "/", reason: "r", expires: "2027-01-31"}]}"#)
    #expect(policy.expired(on: try #require(CalendarDate("2027-01-31"))).isEmpty)
    #expect(policy.expired(on: try #require(CalendarDate("2027-02-01"))).count == 1)
  }
}

@Suite("A date")
struct CalendarDateTests {
  @Test(
    "is refused where there is no such day",
    arguments: [
      "", "2027-1-31", "2027-02-29", "2100-02-29", "2027-13-01", "2027-00-01", "2027-04-31",
      "2027-01-00", "0000-01-01", "2027/01/31", "2027-01-31 ", "20270131", "２027-01-3",
    ])
  func refused(text: String) { #expect(CalendarDate(text) == nil) }

  @Test("agrees with Foundation about the day of every week of two centuries")
  func seconds() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for week in 0..<10_000 {
      let seconds = week * 7 * 86_400 + 86_399
      let date = CalendarDate(secondsSince1970: seconds)
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(seconds)))
      #expect([date.year, date.month, date.day] == [parts.year, parts.month, parts.day])
      #expect(CalendarDate(date.description) == date)
    }
  }
}

@Suite("A pattern for paths")
struct GlobTests {
  @Test(
    "stands for",
    arguments: [
      ("/a", "/a"), ("/a*", "/a"), ("/a*", "/abc"), ("/*/c", "/b/c"), ("**", "/a/b/c"),
      ("/a/**", "/a/b/c"), ("/**/c", "/a/b/c"), ("/virtio@?", "/virtio@1"), ("", ""), ("**", ""),
      ("*a*b*", "xaybz"), ("/a***", "/a/b"), ("/**/c", "/c"), ("out/**/*.dtb", "out/a.dtb"),
      ("out/**/*.dtb", "out/a/b/c.dtb"), ("**/c", "c"), ("**/c", "/a/c"), ("a/**/b/**/c", "a/b/c"),
      ("a/**/b/**/c", "a/x/b/y/z/c"), ("***/c", "a/b/c"), ("a/**", "a/b/c"), ("**/**/c", "c"),
    ])
  func matches(pattern: String, text: String) { #expect(Glob(pattern).matches(text)) }

  @Test(
    "doesn't stand for",
    arguments: [
      ("/a", "/ab"), ("/a*", "/a/b"), ("/*", "/a/b"), ("/a?c", "/a/c"), ("/a", "/A"), ("", "a"),
      ("/a/**", "/b/a/c"), ("?", ""), ("/a[b]", "/ab"), ("/**/c", "/xc"), ("/**/c", "/a/xc"),
      ("out/**/*.dtb", "out/a.dts"), ("**/c", "xc"), ("a/**/b", "ab"), ("a/**/b", "a/b/c"),
    ])
  func misses(pattern: String, text: String) { #expect(!Glob(pattern).matches(text)) }

  @Test("without a slash is about the last part of a file's path")
  func files() {
    #expect(Glob("*.dtb").matches(file: "a/b.dtb"))
    #expect(!Glob("a/*.dtb").matches(file: "b/a/c.dtb"))
    #expect(Glob("a/*.dtb").matches(file: "a/c.dtb"))
  }

  @Test(
    "knows the directory below which all lies that it stands for",
    arguments: [
      ("*.dtb", ""), ("out/*.dtb", "out"), ("out/**/a.dtb", "out"), ("/*", "/"), ("a/b*/c", "a"),
      ("/a/b/c", "/a/b"), ("a", ""), ("**", ""), ("./*.dtb", "."), ("../?/x", ".."),
    ])
  func directory(pattern: String, directory: String) {
    #expect(Glob(pattern).directory == directory)
  }

  @Test("agrees with a matcher that tries everything, on all short patterns and texts")
  func exhaustive() {
    let pieces = ["a", "/", "*", "**", "**/", "?"]
    var patterns = [""]
    for _ in 0..<4 { patterns += patterns.flatMap { start in pieces.map { start + $0 } } }
    var texts = [""]
    for _ in 0..<4 { texts += texts.flatMap { start in ["a", "b", "/"].map { start + $0 } } }
    for pattern in Set(patterns) {
      let glob = Glob(pattern)
      for text in Set(texts) where glob.matches(text) != Self.matches(pattern[...], text[...], true)
      {
        Issue.record("'\(pattern)' and '\(text)'")
      }
    }
  }

  /// The definition, word by word.
  private static func matches(
    _ pattern: Substring, _ text: Substring, _ isAtStart: Bool
  ) -> Bool {
    guard let sign = pattern.first else { return text.isEmpty }
    let stars = pattern.prefix { $0 == "*" }.count
    let rest = pattern.dropFirst(max(stars, 1))
    if stars > 1, isAtStart, rest.first == "/" {
      let behind = rest.dropFirst()
      if matches(behind, text, true) { return true }
      return text.indices.contains { index in
        text[index] == "/" && matches(behind, text[text.index(after: index)...], true)
      }
    }
    if stars > 0 {
      let reach = stars > 1 ? text.count : text.prefix { $0 != "/" }.count
      return (0...reach).contains { matches(rest, text.dropFirst($0), false) }
    }
    guard let first = text.first, sign == "?" ? first != "/" : first == sign else { return false }
    return matches(rest, text.dropFirst(), sign == "/")
  }

  @Test("takes no square of time, however many stars it has")
  func hostile() {
    let pattern = Glob(String(repeating: "*a", count: 200))
    let text = String(repeating: "a", count: 2000) + "b"
    var matches = true
    let time = ContinuousClock().measure { matches = pattern.matches(text) }
    #expect(!matches)
    #expect(time < .seconds(5))
  }
}

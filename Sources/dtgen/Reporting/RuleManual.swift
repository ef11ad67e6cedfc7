import Diagnostics
import GuestView
import PlatformLint

/// The page of a rule as `dtgen explain` prints it.
struct RuleManual {
  private let style: TextStyle
  private let columns: Int

  /// Pages in `style`, with sentences broken at `columns` characters.
  init(style: TextStyle, columns: Int = 80) {
    self.style = style
    self.columns = columns
  }

  /// The page of `rule`, ending in a line break.
  func text(for rule: any Rule.Type) -> String {
    let severity = style.colour(rule.severity.rawValue, for: rule.severity)
    var lines = ["\(style.bold(rule.id))  \(severity), \(rule.status)"]
    lines += wrapped(Self.sentence(rule.summary), indent: 0)
    lines += section("Why", rule.rationale)
    let target = rule.profile.flatMap(TargetProfile.named)
    lines += section("What \(target?.title ?? "the guest") does", Self.sentence(rule.consequence))
    let logging = target.map { "\($0.title) logs" } ?? "Its kernel logs"
    if let line = rule.logLine {
      lines += ["", "  \(logging):", "", "    " + line]
    } else if let line = rule.logExample {
      lines += ["", "  What its kernel logs depends on the device, as in:", "", "    " + line]
    } else {
      lines += ["", "  \(logging) nothing about it."]
    }
    lines += section("What to do", Self.sentence(rule.help))
    lines += section("Exceptions", rule.exceptions)
    for example in rule.bad { lines += section("Wrong", example) }
    for example in rule.good { lines += section("Right", example) }
    if let rule = rule as? any PairRule.Type {
      for example in rule.badPairs { lines += section("Wrong", example) }
      for example in rule.goodPairs { lines += section("Right", example) }
    }
    lines += ["", style.bold("Facts")] + facts(rule).flatMap { wrapped($0, indent: 2) }
    return lines.map { $0 + "\n" }.joined()
  }

  private func section(_ title: String, _ text: String) -> [String] {
    ["", style.bold(title)] + wrapped(text, indent: 2)
  }

  private func section(_ title: String, _ example: PairExample) -> [String] {
    let trees = example.machines.flatMap { section("\(title): \($0.name)", $0.tree) }
    return trees + (example.note.map { [""] + wrapped($0, indent: 2) } ?? [])
  }

  private func section(_ title: String, _ example: Example) -> [String] {
    let isLaid = example.base == .virt || example.base == .bare
    let laid = isLaid ? style.dim(", laid over a small arm64 guest") : ""
    let lines = example.text.split(separator: "\n", omittingEmptySubsequences: false)
    var text = ["", style.bold(title) + laid]
    for line in lines {
      let isMarked = line.hasSuffix("// finding")
      let shown = "    " + line
      text.append(isMarked ? style.colour(shown, for: .warning) : shown)
    }
    if let expected = example.expectedText {
      text += wrapped(
        "where \(expected.isEmpty ? "nothing" : "this") was to be laid over it"
          + (expected.isEmpty ? "." : ":"), indent: 2)
      text += expected.split(separator: "\n").map { "    " + $0 }
    }
    for device in example.expectedFeatures?.devices ?? [] {
      let bits = device.featureBits.map(String.init).joined(separator: ", ")
      text += wrapped("\(device.node) was to offer the feature bits \(bits).", indent: 2)
    }
    for device in example.features?.devices ?? [] {
      let bits = device.listedBits
      text += wrapped(
        "\(device.node) is of type \(device.type) and offers the feature bits \(bits).", indent: 2)
    }
    return text
  }

  private func facts(_ rule: any Rule.Type) -> [String] {
    var facts = ["needs: \(rule.needs.names.joined(separator: ", "))"]
    if let profile = rule.profile {
      facts.append(
        "asked with: --profile \(profile.rawValue)\(rule.before.map { "-X.Y, of versions before \($0)" } ?? "")"
      )
    }
    if !rule.silencedBy.isEmpty {
      facts.append(
        "silent where there is: \(rule.silencedBy.map { $0.id }.joined(separator: ", "))")
    }
    if !rule.alsoKnownAs.isEmpty {
      facts.append("also known as: \(rule.alsoKnownAs.joined(separator: ", "))")
    }
    return facts + rule.sources.map { "source: \($0)" }
  }

  /// Names of properties that could be taken for words; most have a sign in them that gives them away.
  private static let plainNames: Set<Substring> = [
    "bootargs", "compatible", "interrupts", "iommus", "ranges", "reg",
  ]

  /// `text` as a sentence; a name at its start stays as it is spelled.
  private static func sentence(_ text: String) -> String {
    let first = text.prefix { $0 != " " }
    let isName = plainNames.contains(first) || first.contains { "-,/#".contains($0) }
    return (isName ? text : text.prefix(1).uppercased() + text.dropFirst()) + "."
  }

  /// `text` in lines of at most ``columns`` characters, words whole.
  private func wrapped(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    return text.brokenIntoLines(of: columns - indent).map { margin + $0 }
  }
}

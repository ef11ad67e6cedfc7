import PlatformLint

/// The documentation page of a noun: made from its comments, its example and the rules, but for which
/// rules those are, and for what a person adds below them.
struct NounPage {
  private static let rulesTitle = "## Rules that watch it"

  let reference: NounReference
  let description: String
  let output: String
  /// The ids of the rules that the page names.
  private(set) var rules: [String] = []
  /// What stands below the rules.
  private(set) var rest = ""

  /// - Parameters:
  ///   - reference: What the declarations say.
  ///   - description: The text of the example.
  ///   - output: What comes of it.
  ///   - committed: The page as it is, whose rules and notes are kept; empty for a new one.
  init(_ reference: NounReference, description: String, output: String, committed: String) {
    self.reference = reference
    self.description = description
    self.output = output
    guard let start = committed.firstRange(of: Self.rulesTitle + "\n") else { return }
    var body = committed[start.upperBound...]
    if let metadata = body.firstRange(of: "\n@Metadata") { body = body[..<metadata.lowerBound] }
    let end = body.firstRange(of: "\n## ")?.lowerBound ?? body.endIndex
    rules = body[..<end].matches(of: /- .*?`([a-z]+\/[a-z0-9-]+)`/).map { String($0.1) }
    rest = String(body[end...])
  }

  /// The page in Markdown, with a newline at its end.
  var markdown: String {
    var parts = ["# ``\(reference.noun)``", reference.comment.summary]
    parts.append("## Overview")
    parts += reference.comment.discussion
    parts.append("```swift\n\(description)```")
    let isTree = output.contains("{") || output.contains("/memreserve/")
    let language = output.contains("Device (") ? "asl" : isTree ? "dts" : "text"
    parts.append("What comes of it:")
    parts.append("```\(language)\n\(output)\n```")
    parts += words
    if let source = reference.comment.source { parts.append(source) }
    parts.append(Self.rulesTitle)
    parts.append(ruleList)
    var page = parts.joined(separator: "\n\n") + "\n"
    if !rest.isEmpty { page += rest }
    return page + "\n@Metadata {\n  @DocumentationExtension(mergeBehavior: override)\n}\n"
  }

  /// How it is written.
  private var words: [String] {
    var parts: [String] = []
    if !reference.initialisers.isEmpty {
      parts.append("## How it is written")
      let forms = reference.initialisers.map {
        WrittenForm($0.declaration).text(reference.noun)
      }
      parts.append("```swift\n" + unique(forms).joined(separator: "\n") + "\n```")
      let table = parameters
      if !table.isEmpty {
        parts.append("| word | what it says |\n|---|---|\n" + table.joined(separator: "\n"))
      }
    }
    if !reference.statics.isEmpty {
      parts.append(title("What stands behind a dot", level: parts.isEmpty))
      parts.append(list(reference.statics) { "." + $0 })
    }
    for values in reference.values {
      parts.append("### \(values.type)")
      parts.append(
        list(values.cases) { name in "." + name })
    }
    if !reference.methods.isEmpty || !reference.common.isEmpty {
      parts.append("### What may stand behind it")
    }
    if !reference.methods.isEmpty { parts.append(list(reference.methods) { "." + $0 }) }
    if !reference.common.isEmpty {
      let names = reference.common.map { "`.\($0)`" }.joined(separator: ", ")
      parts.append("As behind everything, what ``Declared`` and ``Component`` have: \(names).")
    }
    return parts
  }

  private func title(_ text: String, level isFirst: Bool) -> String {
    (isFirst ? "## " : "### ") + text
  }

  /// A row for each word of the initialisers, in the order in which they come.
  private var parameters: [String] {
    var words: [String] = []
    var said: [String: String] = [:]
    var usual: [String: String] = [:]
    for member in reference.initialisers {
      for argument in WrittenForm(member.declaration).arguments {
        let word = argument.label.map { "`\($0):`" } ?? "*\(argument.name)*"
        if !words.contains(word) { words.append(word) }
        if let meaning = member.comment.parameters[argument.name], said[word] == nil {
          said[word] = meaning
        }
        usual[word] =
          usual[word] ?? property(argument.label ?? argument.name) ?? property(argument.name)
      }
    }
    return words.compactMap { word in
      (said[word] ?? usual[word]).map { "| \(word) | \($0) |" }
    }
  }

  private func property(_ name: String) -> String? {
    reference.properties.first { $0.name == name }?.comment.summary
  }

  private func list(
    _ members: [NounReference.Member], _ spell: (String) -> String
  ) -> String {
    unique(
      members.map { member in
        let name = String(member.name.prefix { $0 != "(" })
        let form = WrittenForm(member.declaration)
        let text =
          form.arguments.isEmpty && !form.hasBraces && !member.name.contains("()")
          ? name : form.line(name)
        return "- `\(spell(text))`: \(member.comment.summary)"
      }
    ).joined(separator: "\n")
  }

  private func unique(_ lines: [String]) -> [String] {
    var seen: Set<String> = []
    return lines.filter { seen.insert($0).inserted }
  }

  private var ruleList: String {
    let known = rules.sorted().compactMap { id in
      RuleCatalogue.rule(id).map { rule in
        "- [`\(id)`](doc:/PlatformLint/\(RuleIndex.pageName(of: rule))): "
          + rule.summary
      }
    }
    return known.isEmpty
      ? "None of its own; what holds for every node holds for this one."
      : known.joined(separator: "\n")
  }
}

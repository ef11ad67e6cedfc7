import Diagnostics
import PlatformLint

/// The one line that sums a run up.
struct Verdict {
  private let tally: Tally
  private let skipped: [String]

  init(findings: [Finding], skipped: [String]) {
    tally = Tally(findings)
    self.skipped = Set(skipped).sorted()
  }

  /// `57 rules, no findings`, with the rules that lacked an input.
  ///
  /// - Parameters:
  ///   - style: How it is coloured.
  ///   - judged: Whether there was a tree for the rules.
  ///   - tables: Whether there were tables for the rules.
  ///   - unjudged: Whether there were machines of which rules judge nothing.
  ///   - together: How many rules were asked of several machines together.
  ///   - compared: Whether a tree and tables were compared.
  ///   - targets: The consumers that the trees were held to.
  ///   - nothingWritten: Whether that has to be said.
  /// - Returns: The line.
  func text(
    style: TextStyle, judged: Bool = true, tables: Bool = false, unjudged: Bool = false,
    together: Int = 0, compared: Bool = false, targets: [Target] = [],
    nothingWritten: Bool = false
  ) -> String {
    let rules =
      (judged ? RuleCatalogue.forDescriptions(targets).count - skipped.count : 0)
      + (tables ? RuleCatalogue.forDescribedTables.count : 0) + together
      + (compared ? RuleCatalogue.forParity.count : 0)
    var text =
      judged || tables ? "\(rules) rules, " : unjudged ? "nothing for rules to judge, " : ""
    let found = tally.description
    if tally.errors > 0 {
      text += style.colour(found, for: .error)
    } else if tally.warnings > 0 {
      text += style.colour(found, for: .warning)
    } else {
      text += style.good(found)
    }
    if !skipped.isEmpty { text += style.dim("; skipped: \(skipped.joined(separator: ", "))") }
    if nothingWritten { text += "; nothing was written" }
    return text
  }
}

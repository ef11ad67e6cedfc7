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
  ///   - tables: Whether there were tables, which no rule judges.
  ///   - nothingWritten: Whether that has to be said.
  /// - Returns: The line.
  func text(
    style: TextStyle, judged: Bool = true, tables: Bool = false, nothingWritten: Bool = false
  ) -> String {
    let rules = RuleCatalogue.forTrees.count - skipped.count
    var text = judged ? "\(rules) rules, " : ""
    let found = tally.description
    if tally.errors > 0 {
      text += style.colour(found, for: .error)
    } else if tally.warnings > 0 {
      text += style.colour(found, for: .warning)
    } else {
      text += style.good(found)
    }
    if !skipped.isEmpty { text += style.dim("; skipped: \(skipped.joined(separator: ", "))") }
    if tables { text += style.dim("; no rule judges tables yet") }
    if nothingWritten { text += "; nothing was written" }
    return text
  }
}

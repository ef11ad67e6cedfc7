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
  func text(style: TextStyle, nothingWritten: Bool = false) -> String {
    let rules = RuleCatalogue.all.count - skipped.count
    var text = "\(rules) rules, "
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

import Diagnostics
import PlatformLint

/// The page of a profile as `dtgen explain` prints it.
struct ProfileManual {
  private let style: TextStyle

  /// Pages in `style`.
  init(style: TextStyle) { self.style = style }

  /// The page of `profile`, ending in a line break.
  func text(for profile: TargetProfile) -> String {
    var lines = [style.bold(profile.name.rawValue)]
    lines += "Who takes the tree: \(profile.summary).".brokenIntoLines(of: 80)
    lines += ["Trees for: \(profile.processors)"]
    lines += ["", style.bold("Looked at")] + wrapped("\(profile.version); \(profile.date)")
    lines += profile.sources.flatMap { wrapped("source: \($0)") }
    if !profile.limits.isEmpty {
      lines += ["", style.bold("Limits")]
      lines += profile.limits.flatMap { wrapped("\($0.what): \($0.value)") }
    }
    lines += ["", style.bold("Rules that it adds")]
    for rule in profile.rules {
      let end = rule.before.map { ", before \($0)" } ?? ""
      lines += wrapped("\(rule.id) (\(rule.severity.rawValue)\(end)): \(rule.summary)")
    }
    if !profile.weights.isEmpty {
      lines += ["", style.bold("Rules that matter less")]
      lines += profile.weights.flatMap {
        wrapped("\($0.rule) (\($0.severity.rawValue)): \($0.because)")
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func wrapped(_ text: String) -> [String] {
    let lines = text.brokenIntoLines(of: 76)
    return lines.enumerated().map { ($0.offset == 0 ? "  " : "    ") + $0.element }
  }
}

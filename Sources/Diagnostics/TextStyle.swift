/// The colours of a report: escape sequences on a terminal, nothing elsewhere.
public struct TextStyle: Sendable {
  private let styled: Bool

  /// Colours where `styled` is true.
  public init(styled: Bool) { self.styled = styled }

  /// `text` as a heading.
  public func bold(_ text: String) -> String { wrap(text, "1") }
  /// `text` in the background.
  public func dim(_ text: String) -> String { wrap(text, "2") }
  /// `text` for something that is as it should be.
  public func good(_ text: String) -> String { wrap(text, "32") }

  /// `text` in the colour of a severity.
  public func colour(_ text: String, for severity: Severity) -> String {
    switch severity {
    case .error: wrap(text, "1;31")
    case .warning: wrap(text, "1;33")
    case .note: wrap(text, "1;36")
    }
  }

  private func wrap(_ text: String, _ code: String) -> String {
    styled ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}

/// A few lines of what was judged, with the offending part marked.
///
/// Whoever reads the file makes the lines; a report only draws them.
public struct Excerpt: Sendable, Hashable {
  /// One line, and what is marked in it.
  public struct Line: Sendable, Hashable {
    /// The text, without a line break.
    public var text: String
    /// The marked characters, counted from 0; nil for a line that only stands around it.
    public var mark: Range<Int>?

    /// A line.
    public init(_ text: String, mark: Range<Int>? = nil) {
      self.text = text
      self.mark = mark
    }
  }

  /// The lines, from the first to the last.
  public var lines: [Line]

  /// An excerpt.
  public init(_ lines: [Line]) { self.lines = lines }
}

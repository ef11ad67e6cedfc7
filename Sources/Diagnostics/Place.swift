/// Where a finding is: in the bytes that the guest sees and, for a tree of ours, in the description.
///
/// Everything is optional, because a foreign tree has no source line and a mistake in a description
/// may have no bytes.
public struct Place: Sendable, Hashable, Codable {
  /// The file that was judged, as the user named it.
  public var file: String?
  /// The line of the description that it comes from.
  public var source: SourceLocation?
  /// The path of the node, `/` for the root.
  public var node: String?
  /// A label of `__symbols__`, or an alias, by which the node is also known.
  public var label: String?
  /// The property.
  public var property: String?
  /// The first cell concerned, from 0.
  public var cell: Int?
  /// What those cells are, decoded: `reg[1].size`.
  public var element: String?
  /// The first byte in the file.
  public var byteOffset: Int?
  /// The number of bytes.
  public var byteLength: Int?
  /// The place as a person would write it, for a tree that has no source; reports in text draw it.
  public var excerpt: Excerpt?

  /// A place; what is not known is left out.
  public init(
    file: String? = nil, source: SourceLocation? = nil, node: String? = nil, label: String? = nil,
    property: String? = nil, cell: Int? = nil, element: String? = nil, bytes: Range<Int>? = nil,
    excerpt: Excerpt? = nil
  ) {
    self.file = file
    self.source = source
    self.node = node
    self.label = label
    self.property = property
    self.cell = cell
    self.element = element
    self.byteOffset = bytes?.lowerBound
    self.byteLength = bytes?.count
    self.excerpt = excerpt
  }

  // An excerpt is drawn, not stored: the other members say all that a program needs.
  private enum CodingKeys: String, CodingKey {
    case file, source, node, label, property, cell, element, byteOffset, byteLength
  }
}

/// A name as it stands in AML: where its segments are, and where it starts.
struct NameReference {
  /// Where the search starts: the root, or that many scopes above.
  var isAbsolute = false
  var parents = 0
  /// The first segment's place in the file, and how many there are.
  var segments = 0
  var count = 0

  /// Whether the name is searched in all scopes above.
  var isSearched: Bool { !isAbsolute && parents == 0 && count == 1 }
}

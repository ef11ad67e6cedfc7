/// How a tree is imported.
public struct ImportOptions: Sendable, Hashable {
  /// The name of the platform and of its virtual machine; it has to be one that can name a file.
  public var name: String
  /// What the tree is called in the text: the name of its file; nil for a tree without one.
  public var origin: String?
  /// Whether nodes that the language has nouns for become those nouns.
  public var usesNouns: Bool
  /// Whether `rng-seed` and `kaslr-seed` of `/chosen` are kept.
  ///
  /// They are drawn anew at each start: a description that states them gives every guest the same.
  public var keepsSeeds: Bool

  /// Options with the usual values where none is given.
  public init(
    name: String = "imported", origin: String? = nil, usesNouns: Bool = true,
    keepsSeeds: Bool = false
  ) {
    self.name = name
    self.origin = origin
    self.usesNouns = usesNouns
    self.keepsSeeds = keepsSeeds
  }
}

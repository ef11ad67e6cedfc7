import PlatformDescription

/// What has to be said of a noun besides its own values, so that its node comes out as it is in the
/// tree; learnt from laying out the noun without it.
struct Finishing {
  /// The name, where it isn't the usual one.
  var name: String?
  /// The properties to be added, by name, in the order of the tree.
  var properties: [String] = []
  /// The children to be added, in the order of the tree.
  var children: [Int] = []
  /// The properties to be left out.
  var omissions: [String] = []
  /// Whether a raw node has all its properties spelled out, `reg` and `interrupts` too.
  var isPlain = false
  /// Whether the number of the phandle is stated.
  var statesPhandle = false
}

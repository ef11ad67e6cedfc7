/// What a description evaluates to.
struct LoadedManifest: Equatable {
  /// The model, packed, as the description's process wrote it: it is still to be judged.
  var model: [UInt8]
  /// What the description printed, for the user.
  var standardOutput: [UInt8]
  /// What the compiler warned of, what the description wrote to its error output, and what it could
  /// not be protected from; lines of text, or empty.
  var warnings: String
  /// Whether an earlier run left all of this behind.
  var cached: Bool
}

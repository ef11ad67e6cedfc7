import DeviceTree

/// How far a run goes with one file.
struct LintLimits: Equatable {
  /// What the reader accepts.
  var tree = Limits()
  /// The most time that may pass without a tree being finished, in seconds; 0 for any.
  var seconds = 60

  /// What holds unless said otherwise.
  static let standard = LintLimits()
}

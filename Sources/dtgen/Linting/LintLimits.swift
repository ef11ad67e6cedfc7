import ACPI
import DeviceTree

/// How far a run goes.
struct LintLimits: Equatable {
  /// What the reader accepts of one file.
  var tree = Limits()
  /// What is read of ACPI tables.
  var tables = ACPILimits.judging
  /// The most time that judging may take, all files together, in seconds; 0 for any.
  var seconds = 60

  /// What holds unless said otherwise.
  static let standard = LintLimits()
}

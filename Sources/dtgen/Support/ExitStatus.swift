/// How a run ends, for scripts: 0 and 1 are verdicts, the others are those of `sysexits.h`.
enum ExitStatus: Int32 {
  /// Nothing at or above the threshold.
  case clean = 0
  /// Findings at or above the threshold.
  case findings = 1
  /// The command line is wrong.
  case usage = 64
  /// An input is not what it claims to be.
  case badInput = 65
  /// An input isn't there.
  case inputMissing = 66
  /// Something that the run needs isn't installed.
  case unavailable = 69
  /// A fault of dtgen itself.
  case internalError = 70
  /// An output can't be written.
  case cannotWrite = 73
  /// The time that a run may take was over before everything was judged.
  case outOfTime = 75
  /// A VMM doesn't say what it should.
  case protocolError = 76
  /// A gate didn't let a guest through.
  case refused = 77
  /// A policy or a baseline is wrong.
  case badConfiguration = 78
}

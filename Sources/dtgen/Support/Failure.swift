import ArgumentParser
import Diagnostics
import Glibc

/// Why a run can't go on: a sentence for the user and the status that the process ends with.
struct Failure: Error {
  var status: ExitStatus
  /// What is wrong, where, and what to do: lower case, no full stop.
  var message: String

  /// What is printed.
  fileprivate var text: String

  init(_ status: ExitStatus, _ message: String) {
    let message = message.showingBytes
    self.status = status
    self.message = message
    text = "dtgen: error: \(message.safeForTerminal)\n"
  }

  /// A failure whose text is complete, as a compiler's is.
  init(printing text: String, _ status: ExitStatus?) {
    self.status = status ?? .internalError
    message = text
    self.text = text.hasSuffix("\n") ? text : text + "\n"
  }
}

extension ParsableCommand {
  /// Runs `body`, and turns a failure into its sentence and its status.
  ///
  /// ArgumentParser would end with status 1, which here means findings.
  static func reportingFailures(_ body: () throws -> ExitStatus) throws {
    let status: ExitStatus
    do {
      status = try body()
      if let loss = StandardStream.loss { throw loss }
    } catch let failure as Failure {
      StandardStream.error.write(failure.text)
      if Parallel.hasAbandonedThreads { _exit(failure.status.rawValue) }
      throw ExitCode(failure.status.rawValue)
    }
    if Parallel.hasAbandonedThreads { _exit(status.rawValue) }
    if status != .clean { throw ExitCode(status.rawValue) }
  }

  /// The same, of a command that is being run.
  func reportingFailures(_ body: () throws -> ExitStatus) throws {
    try Self.reportingFailures(body)
  }
}

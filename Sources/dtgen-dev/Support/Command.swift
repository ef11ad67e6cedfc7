import DTGenTestSupport
import Foundation

/// A command whose output goes where ours goes, run at the top of the checkout.
enum Command {
  /// Runs it and gives its status; what a signal ended has the status that a shell would show.
  ///
  /// - Throws: ``Failure`` where it can't be started.
  static func run(_ words: [String], environment: [String: String] = [:]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: Repository.root)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    do {
      try process.run()
    } catch {
      throw Failure("\(words.joined(separator: " ")) can't be started: \(error)")
    }
    process.waitUntilExit()
    return process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
  }
}

import Foundation

/// A QEMU that is asked by its machine protocol, on its standard streams.
///
/// **Source:** QEMU 7.2 `docs/interop/qmp-spec.txt`.
final class QEMUMonitor {
  private let process = Process()
  private let questions = Pipe()
  private let answers = Pipe()
  private let errors: ScratchDirectory
  private var rest: [UInt8] = []

  /// Starts QEMU; `arguments` have to put the protocol onto its standard streams.
  ///
  /// - Throws: ``Tool/Missing``, and what `Process` throws.
  init(_ tool: Tool, _ arguments: [String]) throws {
    guard let path = tool.path else { throw Tool.Missing(tool: tool) }
    errors = try ScratchDirectory()
    let file = try errors.write([], to: "errors")
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = questions
    process.standardOutput = answers
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
    try process.run()
    _ = try ask("qmp_capabilities")
  }

  /// What QEMU answers.
  ///
  /// - Throws: ``QEMUTree/Failure`` where it refuses, or ends.
  func ask(_ command: String, _ arguments: [String: String] = [:]) throws -> Any {
    let question: [String: Any] = ["execute": command, "arguments": arguments]
    let bytes = try JSONSerialization.data(withJSONObject: question)
    // One that has ended already has said why.
    try? questions.fileHandleForWriting.write(contentsOf: bytes + Data("\n".utf8))
    while let line = nextLine() {
      guard let message = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      else { continue }
      if let answer = message["return"] { return answer }
      if let error = message["error"] {
        throw QEMUTree.Failure(description: "QEMU on \(command): \(error)")
      }
    }
    let said = errors.read("errors").map { String(decoding: $0, as: UTF8.self) } ?? ""
    throw QEMUTree.Failure(description: "QEMU ended: \(said)")
  }

  /// Ends QEMU, which wouldn't hear of anything softer from a thread that has signals blocked.
  func end() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private func nextLine() -> [UInt8]? {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(rest[..<end])
        rest.removeSubrange(...end)
        return line
      }
      let data = answers.fileHandleForReading.availableData
      if data.isEmpty { return nil }
      rest += data
    }
  }
}

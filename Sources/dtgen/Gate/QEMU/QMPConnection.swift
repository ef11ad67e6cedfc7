import FoundationEssentials

/// Questions to a VMM that was just started, by QEMU's machine protocol.
///
/// A VMM answers in the order in which it was asked, so that questions may be sent ahead: each that waits for the answer
/// to the one before it costs a turn of both processes.
final class QMPConnection {
  private let socket: VMMSocket
  /// What was sent and not answered yet, in this order.
  private var announced: [QMPCommand] = []

  /// Waits for the greeting, and answers it; then sends what will be asked.
  ///
  /// - Throws: ``GateStop``.
  init(_ socket: VMMSocket, asking commands: [QMPCommand] = []) throws(GateStop) {
    self.socket = socket
    while true {
      if try message(of: QMPNothing.self).greeting != nil { break }
    }
    try announce([QMPCommand("qmp_capabilities")] + commands)
    _ = try ask("qmp_capabilities", as: QMPNothing.self)
  }

  /// Sends `commands`, of which each may be asked afterwards, in their order.
  ///
  /// - Throws: ``GateStop``.
  func announce(_ commands: [QMPCommand]) throws(GateStop) {
    var lines: [UInt8] = []
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    for command in commands {
      guard let bytes = try? encoder.encode(command) else {
        throw failure("can't be asked \(command.execute)")
      }
      if !lines.isEmpty { lines.append(UInt8(ascii: "\n")) }
      lines += bytes
    }
    if lines.isEmpty { return }
    try socket.send(lines)
    announced += commands
  }

  /// What the VMM answers.
  ///
  /// - Throws: ``GateStop``; a refusal is a failure.
  func ask<Answer: Decodable>(
    _ command: String, _ arguments: [String: String] = [:], as type: Answer.Type = Answer.self
  ) throws(GateStop) -> Answer {
    let (answer, refusal) = try reply(to: command, arguments, as: type)
    if let answer { return answer }
    throw failure("answers \(command) with '\(refusal?.description ?? "nothing")'")
  }

  /// What the VMM answers, or why it doesn't.
  ///
  /// - Throws: ``GateStop``.
  func reply<Answer: Decodable>(
    to command: String, _ arguments: [String: String] = [:], as type: Answer.Type = Answer.self
  ) throws(GateStop) -> (answer: Answer?, refusal: QMPMessage<Answer>.Refusal?) {
    let question = QMPCommand(command, arguments)
    if let place = announced.firstIndex(of: question) {
      // What turned out not to matter is answered, too.
      for _ in 0..<place { _ = try answer(as: QMPNothing.self) }
    } else {
      while !announced.isEmpty { _ = try answer(as: QMPNothing.self) }
      try announce([question])
    }
    return try answer(as: type)
  }

  /// The answer to the first question that has none yet.
  private func answer<Answer: Decodable>(
    as type: Answer.Type
  ) throws(GateStop) -> (answer: Answer?, refusal: QMPMessage<Answer>.Refusal?) {
    announced.removeFirst()
    while true {
      let message = try message(of: type)
      if message.answer != nil || message.error != nil { return (message.answer, message.error) }
    }
  }

  /// A failure of the VMM's.
  func failure(_ what: String) -> GateStop { socket.failure(what) }

  private func message<Answer: Decodable>(
    of type: Answer.Type
  ) throws(GateStop) -> QMPMessage<Answer> {
    let line = try socket.line()
    do {
      return try JSONDecoder().decode(QMPMessage<Answer>.self, from: Data(line))
    } catch {
      let text = String(decoding: line.prefix(60), as: UTF8.self)
      throw failure("says '\(text)', which is no message of QMP that is understood here")
    }
  }
}

import FoundationEssentials

/// Questions to a VMM that was just started, by QEMU's machine protocol.
///
/// One question waits for the answer to the one before it, as everybody's does who speaks this protocol. QEMU takes what
/// it is told byte by byte, with a turn of its main loop for each, so that questions say no more than they have to.
///
/// **Source:** QEMU 7.2 `monitor/monitor.c`, `monitor_can_read`.
struct QMPConnection {
  private let socket: VMMSocket
  private let encoder = JSONEncoder()

  /// Waits for the greeting, and answers it.
  ///
  /// - Throws: ``GateStop``.
  init(_ socket: VMMSocket) throws(GateStop) {
    self.socket = socket
    encoder.outputFormatting = .withoutEscapingSlashes
    while true {
      if try message(of: QMPNothing.self).greeting != nil { break }
    }
    _ = try ask("qmp_capabilities", as: QMPNothing.self)
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
    try send(command, arguments)
    while true {
      let message = try message(of: type)
      if message.answer != nil, message.error != nil {
        throw failure("answers \(command) and refuses to at once")
      }
      if message.answer != nil || message.error != nil { return (message.answer, message.error) }
    }
  }

  /// Has the VMM do something, and waits until it says that it has happened, which may be before it answers.
  ///
  /// - Throws: ``GateStop``; a refusal is a failure.
  func perform(_ command: String, untilEvent event: String) throws(GateStop) {
    try send(command, [:])
    var (hasAnswered, hasHappened) = (false, false)
    while !hasAnswered || !hasHappened {
      let message = try message(of: QMPNothing.self)
      if let refusal = message.error {
        throw failure("answers \(command) with '\(refusal.description)'")
      }
      if message.answer != nil { hasAnswered = true }
      if message.event == event { hasHappened = true }
    }
  }

  /// A failure of the VMM's.
  func failure(_ what: String) -> GateStop { socket.failure(what) }

  private func send(_ command: String, _ arguments: [String: String]) throws(GateStop) {
    guard let bytes = try? encoder.encode(QMPCommand(execute: command, arguments: arguments)) else {
      throw failure("can't be asked \(command)")
    }
    try socket.send([UInt8](bytes))
  }

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

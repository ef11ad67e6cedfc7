/// The memory and the ports of a machine of QEMU that is stopped.
///
/// **Source:** QEMU 7.2 `softmmu/qtest.c`, the protocol.
struct MachineMemory {
  let socket: VMMSocket

  /// Writes memory.
  ///
  /// - Throws: ``GateStop``.
  func write(_ bytes: [UInt8], at address: UInt64) throws(GateStop) {
    // In parts that a socket takes at once.
    for start in stride(from: 0, to: bytes.count, by: 4096) {
      let part = bytes[start...].prefix(4096)
      let place = String(address + UInt64(start), radix: 16)
      try send(Array("write 0x\(place) \(part.count) 0x".utf8) + HexText.digits(of: part))
    }
  }

  /// Writes four bytes to a port, of x86.
  ///
  /// - Throws: ``GateStop``.
  func write(_ value: UInt32, toPort port: UInt16) throws(GateStop) {
    try send(
      Array("outl 0x\(String(port, radix: 16)) 0x\(String(value, radix: 16))".utf8))
  }

  /// Reads four bytes from a port, of x86.
  ///
  /// - Throws: ``GateStop``.
  func read(port: UInt16) throws(GateStop) -> UInt32 {
    let answer = try send(Array("inl 0x\(String(port, radix: 16))".utf8))
    guard let value = UInt32(String(decoding: answer.dropFirst(2), as: UTF8.self), radix: 16) else {
      throw socket.failure("answers with no number where a port is read")
    }
    return value
  }

  /// Reads memory.
  ///
  /// - Throws: ``GateStop``.
  func read(_ count: Int, at address: UInt64) throws(GateStop) -> [UInt8] {
    if count == 0 { return [] }
    let answer = try send(Array("read 0x\(String(address, radix: 16)) \(count)".utf8))
    let digits = answer.dropFirst(2)
    guard let bytes = HexText.bytes(of: digits), bytes.count == count else {
      throw socket.failure("answers with \(digits.count) digits for \(count) bytes of memory")
    }
    return bytes
  }

  /// Sends a command, and returns what follows the `OK`.
  @discardableResult
  private func send(_ command: [UInt8]) throws(GateStop) -> ArraySlice<UInt8> {
    try socket.send(command)
    while true {
      var line = try socket.line()[...]
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if line.starts(with: "OK".utf8) { return line.dropFirst(3) }
      // An interrupt line that changed says so in between.
      guard line.starts(with: "IRQ".utf8) else {
        let text = String(decoding: line.prefix(60), as: UTF8.self)
        throw socket.failure("says '\(text)' where its memory is read")
      }
    }
  }
}

/// The ports that a debugger may use: the table `DBG2`.
///
/// **Source:** Microsoft, Debug Port Table 2.
public struct DBG2: Hashable, Sendable {
  /// One port.
  public struct Port: Hashable, Sendable {
    /// 0x8000 serial, 0x8001 1394, 0x8002 USB, 0x8003 a network.
    public var type: UInt16
    /// Of a serial port: 0 16550, 3 PL011, 14 SBSA.
    public var subtype: UInt16
    /// Its registers, with their lengths in bytes.
    public var registers: [Range]
    /// The path of its device in the namespace, or `.`.
    public var path: String

    /// Registers and how many bytes they take.
    public struct Range: Hashable, Sendable {
      /// The first register.
      public var register: GenericRegister
      /// The length in bytes.
      public var length: UInt32

      /// Registers of this length.
      public init(_ register: GenericRegister, length: UInt32) {
        self.register = register
        self.length = length
      }
    }

    /// A serial port.
    public init(subtype: UInt16, registers: [Range], path: String) {
      type = 0x8000
      self.subtype = subtype
      self.registers = registers
      self.path = path
    }
  }

  /// The ports.
  public var ports: [Port]

  /// A table of these ports.
  public init(_ ports: [Port]) { self.ports = ports }

  /// Reads the table.
  ///
  /// - Throws: ``ACPIError`` where it is another, or cut short.
  public init(_ image: TableImage) throws(ACPIError) {
    let reader = try TableReader(image, "DBG2")
    var offset = Int(try reader.doubleWord(36))
    let count = Int(try reader.doubleWord(40))
    ports = []
    while ports.count < count {
      let length = Int(try reader.word(offset + 1))
      guard length >= 22 else {
        throw ACPIError(
          .badLength, "a port of DBG2 of \(length) bytes", byteOffset: reader.place(offset + 1))
      }
      let part = try reader.part(offset, length, "a port of DBG2")
      let (bases, sizes) = (Int(try part.word(18)), Int(try part.word(20)))
      var port = Port(
        subtype: try part.word(14), registers: [], path: try part.text(Int(try part.word(6))))
      port.type = try part.word(12)
      for index in 0..<Int(try part.byte(3)) {
        port.registers.append(
          Port.Range(
            try GenericRegister(part, bases + 12 * index),
            length: try part.doubleWord(sizes + 4 * index)))
      }
      ports.append(port)
      offset += length
    }
  }

  /// The whole table.
  ///
  /// - Throws: ``ACPIError/Code/notWritable`` where a port has too many registers, or too long a path.
  public func bytes() throws(ACPIError) -> [UInt8] {
    var body = TableBody()
    body.add(UInt32(44))
    body.add(UInt32(clamping: ports.count))
    for port in ports {
      let path = port.path.utf8.count + 1
      let sizes = 22 + 12 * port.registers.count
      let names = sizes + 4 * port.registers.count
      guard port.registers.count <= 255, let length = UInt16(exactly: names + path),
        port.path.utf8.allSatisfy({ $0 > 0 && $0 < 0x80 })
      else {
        throw ACPIError(.notWritable, "a port of DBG2 with too many registers, or no path")
      }
      body.add(bytes: [0])
      body.add(length)
      body.add(bytes: [UInt8(port.registers.count)])
      body.add(UInt16(path))
      body.add(UInt16(names))
      body.reserve(4)
      body.add(port.type)
      body.add(port.subtype)
      body.reserve(2)
      body.add(UInt16(22))
      body.add(UInt16(sizes))
      for range in port.registers { body.add(range.register) }
      for range in port.registers { body.add(range.length) }
      body.add(text: port.path)
    }
    return try TableHeader("DBG2", revision: 0, oemTableID: "DTGENDBG").table(body.bytes)
  }
}

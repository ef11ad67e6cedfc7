/// The interface by which firmware takes what QEMU has made for it.
///
/// **Source:** QEMU 7.2 `docs/specs/fw_cfg.rst`; `hw/arm/virt.c`, `hw/riscv/virt.c`, `hw/i386/fw_cfg.c` for
/// where it is.
final class FirmwareInterface {
  /// Where requests for a transfer to memory are put.
  enum Place: Equatable {
    case port(UInt16)
    case register(UInt64)
  }

  let memory: MachineMemory
  let place: Place
  /// Memory in which nothing else is written meanwhile: a request, and behind it what is read.
  let buffer: UInt64
  /// What was there before, as far as it has been written over.
  private var before: [UInt8] = []

  /// That of a machine that is called so; nil where none is known here.
  init?(_ memory: MachineMemory, target: String, machineType: String) {
    self.memory = memory
    let isVirt = machineType == "virt-machine" || machineType.hasPrefix("virt-")
    switch target {
    case "x86_64", "i386": (place, buffer) = (.port(0x514), 0x10_0000)
    case "aarch64" where isVirt, "arm" where isVirt:
      (place, buffer) = (.register(0x0902_0010), 0x4000_0000)
    case "riscv64" where isVirt: (place, buffer) = (.register(0x1010_0010), 0x8000_0000)
    default: return nil
    }
  }

  /// A file: what it is asked for by, and its size.
  struct File: Equatable {
    var key: UInt16
    var size: Int
  }

  /// The files by their names.
  ///
  /// - Throws: ``GateStop``.
  func files() throws(GateStop) -> [String: File] {
    // The directory is a count, and 64 bytes for each file; behind its end there are zeros.
    var bytes = try read(File(key: 0x19, size: 4 + 64 * Self.usualFiles))
    let count = Self.number(bytes, 0, 4)
    guard count <= Self.mostFiles else {
      throw memory.socket.failure("has \(count) files for its firmware, which is none of it")
    }
    if count > Self.usualFiles { bytes = try read(File(key: 0x19, size: 4 + 64 * count)) }
    var files: [String: File] = [:]
    for index in 0..<count {
      let start = 4 + 64 * index
      let name = bytes[(start + 8)..<(start + 64)].prefix { $0 != 0 }
      files[String(decoding: name, as: UTF8.self)] = File(
        key: UInt16(Self.number(bytes, start + 4, 2)), size: Self.number(bytes, start, 4))
    }
    return files
  }

  /// Has the interface write a file, or its first `count` bytes, to memory, and reads it there.
  ///
  /// - Throws: ``GateStop``.
  func read(_ file: File, first count: Int = .max) throws(GateStop) -> [UInt8] {
    let size = min(file.size, count)
    guard size <= Self.mostBytes else {
      throw memory.socket.failure("has a file of \(file.size) bytes for its firmware")
    }
    try keep(Self.requestSize + size)
    // Bit 3 selects, bit 1 reads.
    let request =
      Self.bigEndian(UInt64(file.key) << 16 | 0x0a, 4) + Self.bigEndian(UInt64(size), 4)
      + Self.bigEndian(buffer + UInt64(Self.requestSize), 8)
    try memory.write(request, at: buffer)
    switch place {
    case .port(let port):
      // The upper half of the address is 0 from one request to the next.
      try memory.write(UInt32(truncatingIfNeeded: buffer).byteSwapped, toPort: port + 4)
    case .register(let address):
      try memory.write(Self.bigEndian(buffer, 8), at: address)
    }
    let answer = try memory.read(Self.requestSize + size, at: buffer)
    // What is done, or in error, is told in the first word.
    guard answer.prefix(4).allSatisfy({ $0 == 0 }) else {
      throw memory.socket.failure("doesn't give what it has for its firmware")
    }
    return Array(answer.dropFirst(Self.requestSize))
  }

  /// Remembers what is in the first `count` bytes of the buffer: an image that is loaded may be.
  private func keep(_ count: Int) throws(GateStop) {
    guard count > before.count else { return }
    before += try memory.read(count - before.count, at: buffer + UInt64(before.count))
  }

  /// Puts back what was in memory before anything was read.
  ///
  /// - Throws: ``GateStop``.
  func restore() throws(GateStop) {
    try memory.write(before, at: buffer)
    before = []
  }

  private static let requestSize = 16
  private static let usualFiles = 32
  private static let mostFiles = 1024
  private static let mostBytes = 16 << 20

  private static func bigEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }

  private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
    bytes[offset..<(offset + count)].reduce(0) { $0 << 8 | Int($1) }
  }
}

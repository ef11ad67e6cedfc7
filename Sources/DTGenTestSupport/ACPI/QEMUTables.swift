import Foundation

/// The ACPI tables that QEMU makes for some command line, taken from its firmware interface; nothing boots.
///
/// **Source:** QEMU 7.2 `docs/specs/fw_cfg.rst`, and `hw/acpi/bios-linker-loader.c` for the script that
/// makes tables of the blobs.
public struct QEMUTables: Sendable, CustomStringConvertible {
  /// The program.
  public var tool: Tool
  /// The machine type with its properties.
  public var machine: String
  /// What else is on the command line.
  public var arguments: [String]
  /// Whether the firmware interface is at I/O ports, and not in memory.
  private var hasPorts: Bool { tool.name == Tool.qemuX86.name }

  /// The command line, without what it has for this alone.
  public var description: String {
    ([tool.name, "-M", machine] + arguments).joined(separator: " ")
  }

  private static func x86(_ machine: String, _ arguments: String...) -> QEMUTables {
    QEMUTables(tool: .qemuX86, machine: machine, arguments: arguments)
  }

  /// The arm64 machine of this name with its properties, and what else is on the command line.
  public static func arm64(_ machine: String, _ arguments: String...) -> QEMUTables {
    QEMUTables(tool: .qemuArm, machine: machine, arguments: ["-cpu cortex-a57"] + arguments)
  }

  /// Machines that differ in what the tables show.
  public static let all: [QEMUTables] = [
    .x86("pc"), .x86("pc", "-smp 4 -m 2G,slots=4,maxmem=8G"), .x86("q35"),
    .x86("q35", "-smp 8", "-device intel-iommu"),
    .x86("q35", "-device pxb-pcie,bus_nr=0x80,id=pxb -device pcie-root-port,bus=pxb,id=r0"),
    .x86("q35", "-device virtio-iommu-pci"), .x86("q35,hmat=on", "-m 1G"),
    .x86("microvm,acpi=on"), .x86("microvm,acpi=on,pcie=on,rtc=on"),
    .x86(
      "microvm,acpi=on,usb=on",
      "-device virtio-blk-device,drive=d -drive if=none,id=d,file=null-co://,format=raw"),
    .arm64("virt"), .arm64("virt,gic-version=3", "-smp 4"),
    .arm64("virt,gic-version=3,iommu=smmuv3"), .arm64("virt,gic-version=2,highmem=off"),
    .arm64(
      "virt,gic-version=3",
      "-device pxb-pcie,bus_nr=0x40,id=pxb -device pcie-root-port,bus=pxb,id=r0"),
    .arm64(
      "virt,gic-version=3",
      "-device virtio-iommu-pci -device virtio-blk-pci,drive=d -drive if=none,id=d,file=null-co://,format=raw"
    ),
  ]

  /// The tables, each in one array, with their checksums; the RSDP is not among them.
  ///
  /// - Throws: ``Tool/Missing``, or ``Failure`` with what went wrong.
  public func tables() throws -> [[UInt8]] {
    let session = try QTest(tool: tool, machine: machine, arguments: arguments)
    let directory = try files(session)
    func read(_ name: String) throws -> [UInt8] {
      guard let file = directory[name] else {
        throw Failure(description: "\(self) has no \(name)")
      }
      return try self.read(session, key: file.key, count: file.size)
    }
    var blobs = ["etc/acpi/tables": try read("etc/acpi/tables")]
    let script = try read("etc/table-loader")
    if directory["etc/acpi/rsdp"] != nil { blobs["etc/acpi/rsdp"] = try read("etc/acpi/rsdp") }
    Self.run(script, on: &blobs)
    return Self.split(blobs["etc/acpi/tables"] ?? [])
  }

  /// Something in the way to the tables failed.
  public struct Failure: Error, CustomStringConvertible {
    /// What happened.
    public let description: String
  }

  private func files(_ session: QTest) throws -> [String: (key: UInt16, size: Int)] {
    let bytes = try read(session, key: 0x19, count: 4 + 64 * 64)
    func number(_ offset: Int, _ count: Int) -> Int {
      bytes[offset..<(offset + count)].reduce(0) { $0 << 8 | Int($1) }
    }
    var files: [String: (key: UInt16, size: Int)] = [:]
    for index in 0..<min(number(0, 4), 64) {
      let start = 4 + 64 * index
      let name = String(
        decoding: bytes[(start + 8)..<(start + 64)].prefix { $0 != 0 }, as: UTF8.self)
      files[name] = (UInt16(number(start + 4, 2)), number(start, 4))
    }
    return files
  }

  /// Has the interface write a file to memory, and reads it there.
  private func read(_ session: QTest, key: UInt16, count: Int) throws -> [UInt8] {
    let base: UInt64 = hasPorts ? 0x10_0000 : 0x4000_0000
    let (access, buffer) = (base, base + 0x1000)
    func bigEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
      (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
    // Bit 3 selects, bit 1 reads.
    let request =
      bigEndian(UInt64(key) << 16 | 0x0a, 4) + bigEndian(UInt64(count), 4) + bigEndian(buffer, 8)
    try session.write(request, at: access)
    if hasPorts {
      try session.send("outl 0x514 0x0")
      try session.send("outl 0x518 0x\(String(UInt32(access).byteSwapped, radix: 16))")
    } else {
      try session.write(bigEndian(access, 8), at: 0x0902_0010)
    }
    return try session.read(count, at: buffer)
  }

  /// Does what the firmware would with checksums; pointers stay offsets.
  private static func run(_ script: [UInt8], on blobs: inout [String: [UInt8]]) {
    func name(_ start: Int) -> String {
      String(decoding: script[start..<(start + 56)].prefix { $0 != 0 }, as: UTF8.self)
    }
    func number(_ start: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(script[start + $1]) << (8 * $1) }
    }
    for start in stride(from: 0, to: script.count - 127, by: 128) where number(start) == 3 {
      let (file, place) = (name(start + 4), number(start + 60))
      let (first, count) = (number(start + 64), number(start + 68))
      guard let bytes = blobs[file], first + count <= bytes.count, place < bytes.count else {
        continue
      }
      let sum = bytes[first..<(first + count)].reduce(0 as UInt8, &+)
      blobs[file]?[place] = bytes[place] &- sum
    }
  }

  private static func split(_ blob: [UInt8]) -> [[UInt8]] {
    var tables: [[UInt8]] = []
    var position = 0
    while position + 8 <= blob.count {
      let length = (0..<4).reduce(0) { $0 | Int(blob[position + 4 + $1]) << (8 * $1) }
      guard blob[position] != 0, length >= 36, position + length <= blob.count else {
        position += 1
        continue
      }
      tables.append(Array(blob[position..<(position + length)]))
      position += length
    }
    return tables
  }
}

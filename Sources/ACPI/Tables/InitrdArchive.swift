/// An archive of files as Linux takes it for an initrd: cpio in its "newc" form, whose numbers are text.
///
/// Times, owners and numbers of devices are 0, so that the same files are the same archive.
///
/// **Source:** Linux `Documentation/driver-api/early-userspace/buffer-format.rst`.
public struct InitrdArchive: Sendable {
  private var written: [UInt8] = []
  private var count: UInt32 = 0

  /// An empty one.
  public init() {}

  /// One from which Linux takes tables, where it comes first in an initrd and isn't compressed.
  ///
  /// **Source:** Linux `Documentation/admin-guide/acpi/initrd_table_override.rst`.
  public init(tables: [(name: String, bytes: [UInt8])]) {
    let folder = "kernel/firmware/acpi"
    for directory in ["kernel", "kernel/firmware", folder] { add(directory: directory) }
    for table in tables { add(file: "\(folder)/\(table.name).aml", table.bytes) }
  }

  /// The archive, ended and filled up to a multiple of 512 bytes.
  public var bytes: [UInt8] {
    var ended = self
    ended.add("TRAILER!!!", mode: 0, links: 1, [], number: 0)
    let rest = ended.written.count % 512
    return ended.written + [UInt8](repeating: 0, count: rest == 0 ? 0 : 512 - rest)
  }

  /// Adds a directory; those above it come first.
  public mutating func add(directory name: String) {
    count += 1
    add(name, mode: 0o040755, links: 2, [], number: count)
  }

  /// Adds a file.
  public mutating func add(file name: String, _ bytes: [UInt8]) {
    count += 1
    add(name, mode: 0o100644, links: 1, bytes, number: count)
  }

  private mutating func add(
    _ name: String, mode: UInt32, links: UInt32, _ bytes: [UInt8], number: UInt32
  ) {
    let size = UInt32(clamping: bytes.count)
    let nameSize = UInt32(clamping: name.utf8.count + 1)
    // Number, mode, owner, group, links, time, size, device, special device, length of name, checksum.
    let fields: [UInt32] = [number, mode, 0, 0, links, 0, size, 0, 0, 0, 0, nameSize, 0]
    written += Array("070701".utf8) + fields.flatMap(Self.digits) + Array(name.utf8) + [0]
    fill()
    written += bytes
    fill()
  }

  private mutating func fill() {
    while written.count % 4 != 0 { written.append(0) }
  }

  private static func digits(_ value: UInt32) -> [UInt8] {
    let digits = Array(String(value, radix: 16, uppercase: true).utf8)
    return [UInt8](repeating: UInt8(ascii: "0"), count: 8 - digits.count) + digits
  }
}

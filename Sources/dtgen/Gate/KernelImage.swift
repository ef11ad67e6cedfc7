internal import Glibc
import GuestView

/// The configuration that an image of Linux carries, where it was built to (`CONFIG_IKCONFIG`).
///
/// **Source:** Linux `kernel/configs.c`: `.config`, packed by gzip, between two marks.
enum KernelImage {
  /// What the kernel in the file at `path` was built with; nil where it doesn't say, and where the file
  /// can't be read: whoever loads it will say so.
  ///
  /// - Throws: ``Failure`` with status 65 for a configuration that is damaged.
  static func configuration(in path: String) throws(Failure) -> GuestConfiguration? {
    guard var bytes = try? InputFile.read(path, limit: mostBytes) else { return nil }
    if Gzip.begins(bytes.span) { bytes = Gzip.unpacked(bytes, limit: mostBytes) ?? [] }
    guard let start = position(of: mark, in: bytes) else { return nil }
    let limit = GuestConfiguration.maximumSize
    let packed = Array(bytes[(start + mark.count - 2)...].prefix(limit))
    let name = "the configuration in \(InputFile.name(of: path))"
    guard let text = Gzip.unpacked(packed, limit: limit) else {
      throw Failure(.badInput, "\(name): damaged: gzip can't unpack it")
    }
    do throws(GuestConfigurationError) {
      return try GuestConfiguration(text, name: name)
    } catch {
      throw Failure(.badInput, "\(name): no configuration of a kernel: \(error.message)")
    }
  }

  private static let mostBytes = 256 << 20

  /// The mark, and how gzip begins: the text alone is in any program that looks for it.
  private static let mark = Array("IKCFG_ST".utf8) + [0x1f, 0x8b]

  private static func position(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return nil }
      var start = 0
      while start + pattern.count <= bytes.count,
        let found = memchr(base + start, Int32(pattern[0]), bytes.count - start)
      {
        start = found - UnsafeMutableRawPointer(mutating: base)
        if start + pattern.count <= bytes.count, memcmp(found, pattern, pattern.count) == 0 {
          return start
        }
        start += 1
      }
      return nil
    }
  }
}

import CZlib

/// Unpacks what gzip packed, as `/proc/config.gz` is.
enum Gzip {
  /// Whether these are the first bytes of such a file.
  ///
  /// **Source:** RFC 1952, section 2.3.1.
  static func begins(_ bytes: Span<UInt8>) -> Bool {
    bytes.count > 1 && bytes[0] == 0x1f && bytes[1] == 0x8b
  }

  /// What is packed in `bytes`; nil where they are no whole file, or hold more than `limit` bytes.
  static func unpacked(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    var stream = z_stream()
    // 15 bits of window, and a header of gzip.
    guard
      inflateInit2_(&stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    var input = bytes
    var output: [UInt8] = []
    var isWhole = false
    input.withUnsafeMutableBufferPointer { source in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(clamping: source.count)
      var part = [UInt8](repeating: 0, count: 1 << 16)
      while output.count <= limit {
        let status = part.withUnsafeMutableBufferPointer { target in
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(target.count)
          return inflate(&stream, Z_NO_FLUSH)
        }
        let count = part.count - Int(stream.avail_out)
        output += part[..<count]
        isWhole = status == Z_STREAM_END
        // No progress, an error, or the end.
        if status != Z_OK || count == 0 { break }
      }
    }
    return isWhole && output.count <= limit ? output : nil
  }
}

internal import Glibc

/// Reads whole files, with a limit: what is read may come from anybody.
enum InputFile {
  /// What is read at the most, in bytes, unless said otherwise.
  static let limit = 64 << 20

  /// The content of the file at `path`; `-` is standard input.
  ///
  /// Of a file that doesn't begin with `magic` no more than the beginning is read and given: whoever
  /// wants the magic says so, and needn't wait for gibibytes of something else.
  ///
  /// - Throws: ``Failure`` with status 66 where there is no such file, and 65 where it is too large.
  static func read(
    _ path: String, limit: Int = limit, magic: [UInt8] = []
  ) throws(Failure) -> [UInt8] {
    let name = name(of: path)
    let bytes: [UInt8]
    var isTooLarge = false
    do throws(SystemError) {
      let file =
        path == "-" ? try FileDescriptor(copying: 0) : try FileDescriptor.reading(path)
      let status = try FileStatus(of: file)
      // Linux would say so of the first read.
      if status.isDirectory { throw SystemError(code: EISDIR) }
      isTooLarge = status.isRegularFile && status.size > limit
      bytes = try file.readToEnd(limit: limit) { start in
        !isTooLarge && (start.starts(with: magic) || start.count < magic.count)
      }
    } catch {
      throw Failure(.inputMissing, "\(name): \(error)")
    }
    guard bytes.count <= limit, !isTooLarge || !bytes.starts(with: magic) else {
      throw Failure(.badInput, "\(name): larger than \(limit >> 20) MiB")
    }
    return bytes
  }

  /// What messages call the file at `path`.
  static func name(of path: String) -> String {
    path == "-" ? "standard input" : path.reportedPath
  }
}

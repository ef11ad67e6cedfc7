internal import Glibc

/// Reads whole files, with a limit: what is read may come from anybody.
enum InputFile {
  /// What is read at the most, in bytes, unless said otherwise.
  static let limit = 64 << 20

  /// The content of the file at `path`; `-` is standard input.
  ///
  /// - Throws: ``Failure`` with status 66 where there is no such file, and 65 where it is too large.
  static func read(_ path: String, limit: Int = limit) throws(Failure) -> [UInt8] {
    try read(
      path, limit: limit, magics: [[]], sizePromised: { $0.count }, sizeNeeded: { _ in .max }
    ).bytes
  }

  /// As much of the file at `path` as `sizeNeeded` asks for when it has seen the beginning, and the
  /// size of all of it.
  ///
  /// Of a file that begins with none of `magics` no more than the beginning is read and given: whoever
  /// wants one of them says so, and needn't wait for gibibytes of something else.
  ///
  /// The size of a pipe shows when it ends: it is read on, and what comes is dropped, up to what
  /// `sizePromised` says of what is kept.
  ///
  /// - Throws: ``Failure`` with status 66 where there is no such file, and 65 where it is too large.
  static func read(
    _ path: String, limit: Int, magics: [[UInt8]], sizePromised: ([UInt8]) -> Int,
    sizeNeeded: ([UInt8]) -> Int
  ) throws(Failure) -> (bytes: [UInt8], fileSize: Int) {
    let name = name(of: path)
    let bytes: [UInt8]
    var isTooLarge = false
    var fileSize = 0
    do throws(SystemError) {
      let file =
        path == "-" ? try FileDescriptor(copying: 0) : try FileDescriptor.reading(path)
      let status = try FileStatus(of: file)
      // Linux would say so of the first read.
      if status.isDirectory { throw SystemError(code: EISDIR) }
      // What stands before the place where standard input is read from is no part of it.
      fileSize = status.isRegularFile && path != "-" ? Int(clamping: status.size) : 0
      isTooLarge = status.isRegularFile && status.size > limit
      bytes = try file.readToEnd(limit: limit) { start in
        if isTooLarge { return 0 }
        let isWanted = magics.contains { start.starts(with: $0) || start.count < $0.count }
        return isWanted ? sizeNeeded(start) : 0
      }
      if fileSize == 0, magics.contains(where: bytes.starts) {
        let rest = min(sizePromised(bytes), limit) - bytes.count
        fileSize = bytes.count + (rest > 0 ? try file.skip(atMost: rest) : 0)
      }
    } catch {
      throw missing(path, error)
    }
    guard bytes.count <= limit, !isTooLarge || !magics.contains(where: bytes.starts) else {
      throw Failure(.badInput, "\(name): larger than \(limit >> 20) MiB")
    }
    return (bytes, max(fileSize, bytes.count))
  }

  /// Hands the file at `path` over as it is read, in parts of 64 KiB but for the last; `-` is standard input.
  ///
  /// - Throws: ``Failure`` with status 66 where there is no such file, and what `take` throws.
  static func read(
    _ path: String, by take: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let file: FileDescriptor
    do throws(SystemError) {
      file = path == "-" ? try FileDescriptor(copying: 0) : try FileDescriptor.reading(path)
    } catch {
      throw missing(path, error)
    }
    var count = buffer.count
    while count == buffer.count {
      do throws(SystemError) {
        count = try file.fill(&buffer)
      } catch {
        throw missing(path, error)
      }
      try take(buffer.span.extracting(first: count))
    }
  }

  private static func missing(_ path: String, _ error: SystemError) -> Failure {
    let isKept = error.code == EACCES && path.hasPrefix("/sys/firmware/")
    return Failure(
      .inputMissing,
      "\(name(of: path)): \(error)"
        + (isKept ? ": what firmware handed over only root reads" : ""))
  }

  /// What messages call the file at `path`.
  static func name(of path: String) -> String {
    path == "-" ? "standard input" : path.reportedPath
  }
}

import DeviceTree
import Glibc

/// A file of which no more was read than its tree needs.
struct PaddedFile {
  /// The start of the file, with all of the tree.
  let bytes: [UInt8]
  /// The size of the whole file, in bytes.
  let fileSize: Int

  /// Files up to this size are read as a whole, in bytes: more calls cost more than a few pages.
  private static let smallest = 128 << 10

  /// Nil where `path` is to be read as a whole, or can't be read, about which that tells.
  init?(_ path: String, limit: Int) {
    var status = stat()
    guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size > Self.smallest, status.st_size <= limit
    else { return nil }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    fileSize = Int(status.st_size)
    // The header of version 17, which says how long each block is.
    let needed = FlattenedTree.sizeNeeded(of: Self.start(of: descriptor, count: 40))
    guard needed < fileSize else { return nil }
    bytes = Self.start(of: descriptor, count: needed)
    guard bytes.count == needed, FlattenedTree.sizeNeeded(of: bytes) == needed else { return nil }
  }

  /// The first `count` bytes, or less where there are less or reading fails.
  private static func start(of descriptor: Int32, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, pread(descriptor, buffer.baseAddress, count, 0))
    }
  }
}

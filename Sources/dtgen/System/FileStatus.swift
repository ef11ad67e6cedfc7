internal import Glibc

/// What tells one version of a file from another without reading it.
struct FileStatus: Equatable {
  let device: UInt64
  let inode: UInt64
  let size: Int64
  /// The time of the last change of its contents, in nanoseconds.
  let modified: Int64
  let mode: UInt32
  let owner: UInt32

  /// The status of the file that `path` leads to, or of the link that it may be.
  init(of path: String, followingLinks: Bool = true) throws(SystemError) {
    var status = stat()
    let result = path.withSystemPath { followingLinks ? stat($0, &status) : lstat($0, &status) }
    guard result == 0 else { throw SystemError() }
    self.init(status)
  }

  /// The status of an open file.
  init(of descriptor: borrowing FileDescriptor) throws(SystemError) {
    var status = stat()
    guard fstat(descriptor.number, &status) == 0 else { throw SystemError() }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    mode = UInt32(status.st_mode)
    owner = UInt32(status.st_uid)
  }

  var isDirectory: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }
  var isLink: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFLNK) }
  var isRegularFile: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }

  /// Whether both are of one file, whatever it is called.
  func isSameFile(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }
}

internal import Glibc

/// The words of the command line.
enum Arguments {
  /// All of them but the command's own name.
  ///
  /// `CommandLine.arguments` repairs what isn't UTF-8, and a repaired name leads to no file.
  static var all: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      CommandLine.unsafeArgv[index].map { word in
        let bytes = UnsafeBufferPointer(start: word, count: strlen(word))
        return String(pathBytes: bytes.map(UInt8.init(bitPattern:)))
      }
    }
  }
}

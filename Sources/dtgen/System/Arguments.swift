internal import Glibc

/// The words of the command line.
enum Arguments {
  /// The first word that would be read as a string of short options with the one for help among them,
  /// and more likely is the name of a file: `-machine.dtb`.
  ///
  /// What asks for help ends well, so that a tree of that name would pass without having been read. The words of a VMM,
  /// behind `--` or `--vmm`, are its own.
  static func disguisedFile(in words: [String]) -> String? {
    words.prefix { $0 != "--" && $0 != "--vmm" }.first { word in
      word.utf8.count > 2 && word.hasPrefix("-") && !word.hasPrefix("--")
        && word.utf8.contains(UInt8(ascii: "h"))
    }
  }

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

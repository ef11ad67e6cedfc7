internal import Glibc

/// The files of one description, read.
struct ManifestSources {
  /// A file of it.
  struct File {
    /// The path, spelled as the user gave it: messages use it, and `#filePath` is it.
    var path: String
    var contents: [UInt8]
    /// What it was when it was read.
    var status: FileStatus
  }

  let files: [File]

  /// Reads the files that the user named; a directory stands for its `*.swift`, sorted.
  ///
  /// - Throws: ``ManifestError/Code/sourceMissing`` and ``ManifestError/Code/usage``.
  init(_ arguments: [String]) throws(ManifestError) {
    var files: [File] = []
    for argument in arguments {
      for path in try Self.expand(argument) { files.append(try Self.read(path)) }
    }
    guard !files.isEmpty else { throw ManifestError(.usage, "error: no description was named") }
    self.files = files
    try refuseNameTwice()
  }

  /// The file that messages about the description as a whole name.
  var principal: String { files.first?.path ?? "platform.swift" }

  /// Whether a file has changed since it was read.
  var haveChanged: Bool {
    files.contains { (try? FileStatus(of: $0.path)) != $0.status }
  }

  private static func expand(_ argument: String) throws(ManifestError) -> [String] {
    let status = try onFailure(argument) { () throws(SystemError) in try FileStatus(of: argument) }
    if status.isDirectory {
      let names = try onFailure(argument) { () throws(SystemError) in
        try Directory.names(in: argument)
      }
      let prefix = argument.hasSuffix("/") ? argument : argument + "/"
      let paths = names.filter { $0.hasSuffix(".swift") && !$0.hasPrefix(".") }.map { prefix + $0 }
      guard !paths.isEmpty else {
        throw ManifestError(.sourceMissing, "\(argument): error: no Swift file in this directory")
      }
      return paths
    }
    guard argument.hasSuffix(".swift") else {
      throw ManifestError(.usage, "\(argument): error: not a Swift file")
    }
    // A dash would make it an option of the compiler.
    return [argument.hasPrefix("-") ? "./" + argument : argument]
  }

  private static func read(_ path: String) throws(ManifestError) -> File {
    try onFailure(path) { () throws(SystemError) in
      let file = try FileDescriptor.reading(path)
      let status = try FileStatus(of: file)
      return File(path: path, contents: try file.readToEnd(), status: status)
    }
  }

  private static func onFailure<Value>(
    _ path: String, _ body: () throws(SystemError) -> Value
  ) throws(ManifestError) -> Value {
    do { return try body() } catch {
      throw ManifestError(.sourceMissing, "\(path): error: \(error)")
    }
  }

  /// One module can't have two files of one name: the compiler would say so less clearly.
  private func refuseNameTwice() throws(ManifestError) {
    let entry = RuntimeLibrary.entryName
    var seen = [(name: entry, path: "dtgen's own")]
    for file in files {
      let name = Path.name(of: file.path)
      if let other = seen.first(where: { $0.name == name }) {
        throw ManifestError(
          .usage,
          "\(file.path): error: two files of one description can't have the same name; "
            + "the other one is \(other.path)")
      }
      seen.append((name, file.path))
    }
  }
}

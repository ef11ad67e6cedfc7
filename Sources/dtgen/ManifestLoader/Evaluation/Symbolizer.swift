/// Turns addresses in a compiled description into places in its sources.
struct Symbolizer {
  let toolchain: Toolchain
  let signals: TerminationSignals

  /// A place in a source, and what the compiler says about it.
  struct Place: Equatable {
    /// `path:line:column`, with the path as the user spelled it.
    var location: String
    /// What went wrong there, where the compiler noted it: `arithmetic overflow`.
    var failure: String?
  }

  /// The innermost place that is in one of `sources`.
  ///
  /// Nil where there is none, and where the toolchain has no llvm-symbolizer: then a message names
  /// the file alone.
  func place(of frames: [UInt64], in object: FileDescriptor, among sources: [String]) -> Place? {
    guard !frames.isEmpty, Path.isExecutable(toolchain.symbolizer) else { return nil }
    let number = DescriptionCompiler.objectNumber
    let child = Child(
      executable: toolchain.symbolizer,
      arguments: ["--obj=\(FileDescriptor.path(of: number))", "--output-style=LLVM", "--inlines"]
        + frames.map { "0x" + String($0, radix: 16) },
      environment: [], inherited: [number: object],
      captures: [Child.Capture(number: 1, limit: 1 << 20)], timeLimit: 5000)
    guard let result = try? child.run(watching: signals) else { return nil }
    return Self.place(in: String(decoding: result.captured[0], as: UTF8.self), among: sources)
  }

  /// Reads pairs of lines, of a function and of where it is; those inlined come first.
  static func place(in output: String, among sources: [String]) -> Place? {
    // The compiler has no other way to say in the debug information why it traps.
    // Source: swift, lib/IRGen/IRGenSIL.cpp, `emitTrap`.
    let mark = "Swift runtime failure: "
    var failure: String?
    for line in output.split(separator: "\n") {
      if line.hasPrefix(mark) { failure = failure ?? String(line.dropFirst(mark.count)) }
      for source in sources {
        // The path is absolute, and ends in the one that the compiler was given.
        let parts = line.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 3, let row = Int(parts[parts.count - 2]), row > 0,
          let column = Int(parts[parts.count - 1]), line.contains(source + ":\(row):\(column)")
        else { continue }
        let place = column > 0 ? "\(source):\(row):\(column)" : "\(source):\(row)"
        return Place(location: place, failure: failure)
      }
    }
    return nil
  }
}

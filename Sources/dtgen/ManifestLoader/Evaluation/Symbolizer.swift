/// Turns addresses in a compiled description into places in its sources.
struct Symbolizer {
  let toolchain: Toolchain
  let signals: TerminationSignals

  /// The innermost place that is in one of `sources`, as `path:line:column`.
  ///
  /// Nil where there is none, and where the toolchain has no llvm-symbolizer: then a message names
  /// the file alone.
  func place(of frames: [UInt64], in object: FileDescriptor, among sources: [String]) -> String? {
    guard !frames.isEmpty, Path.isExecutable(toolchain.symbolizer) else { return nil }
    let number = DescriptionCompiler.objectNumber
    // A return address is that of the next instruction, which may belong to the next line.
    let addresses = frames.map { "0x" + String($0 == 0 ? 0 : $0 - 1, radix: 16) }
    let child = Child(
      executable: toolchain.symbolizer,
      arguments: [
        "--obj=\(FileDescriptor.path(of: number))", "--output-style=GNU", "--functions=none",
        "--inlines",
      ] + addresses,
      environment: [], inherited: [number: object],
      captures: [Child.Capture(number: 1, limit: 1 << 20)], timeLimit: 5000)
    guard let result = try? child.run(watching: signals) else { return nil }
    let lines = String(decoding: result.captured[0], as: UTF8.self).split(separator: "\n")
    for line in lines {
      for source in sources {
        // The compiler notes an absolute path: it ends in the one that it was given.
        guard let found = line.firstRange(of: source + ":"),
          found.lowerBound == line.startIndex || line.hasPrefix("/")
        else { continue }
        let place = line[found.upperBound...]
        guard let number = Int(place.prefix { $0.isNumber }), number > 0 else { continue }
        return "\(source):\(number)"
      }
    }
    return nil
  }
}

import DeviceTree
import Fuzzing

/// Reads bytes as a tree and looks at everything in it, as text and by its parts.
private func read(_ bytes: [UInt8]) {
  guard let tree = try? FlattenedTree(bytes, limits: Limits(maximumSize: 1 << 20)) else { return }
  for node in tree.nodes {
    _ = (node.path, node.unitAddress)
    for property in node.properties {
      _ = (property.name, property.strings, property.number(at: 0, cells: 2))
    }
  }
  _ = tree.sourceText(options: SourceTextOptions(annotated: true))
}

/// What SwiftPM calls `main`.
@_cdecl("fuzz_reader_main")
public func fuzzReaderMain(
  _ argumentCount: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  FuzzDriver.run(argumentCount, arguments) { start, count in
    read(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  }
}

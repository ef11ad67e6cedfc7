/// Writes DTS line by line.
struct SourceWriter {
  let tree: FlattenedTree
  let options: SourceTextOptions
  var index: SourceIndex
  let labels: SourceLabels
  var output: [UInt8] = []
  /// The number of open nodes.
  var depth = 0
  /// The column, from that of the property's name, where a value goes on in the next line.
  var valueIndent = 0
  /// Where the current line starts in the output.
  var lineStart = 0

  init(_ tree: FlattenedTree, options: SourceTextOptions) {
    self.tree = tree
    self.options = options
    index = SourceIndex(tree)
    labels = SourceLabels(index)
    // Measured on QEMU's trees: text is about twice as long as the structure block.
    output.reserveCapacity(2 * tree.nodeCount * 16 + 32 * tree.propertyCount)
  }

  var text: String { String(decoding: output, as: UTF8.self) }

  mutating func write() {
    put("/dts-v1/;\n")
    for reservation in tree.memoryReservations {
      put("/memreserve/ \(hex(reservation.address)) \(hex(reservation.size));")
      if options.annotated {
        putComment(
          SourceAnnotation.describe(address: reservation.address, size: reservation.size))
      }
      put("\n")
    }
    put("\n")
    var ends: [Int] = []
    for node in tree.nodes {
      while let end = ends.last, end <= node.index {
        ends.removeLast()
        endNode()
      }
      if node.index > 0 { put("\n") }
      beginNode(node)
      ends.append(Int(node.record.subtreeEnd))
      let isStringNode = Self.holdsStrings(node)
      for property in node.properties { write(property, asStrings: isStringNode) }
    }
    for _ in ends { endNode() }
  }

  /// Whether the properties of `node` are paths and names, whatever they are called.
  private static func holdsStrings(_ node: FlattenedTree.Node) -> Bool {
    guard let parent = node.parent, parent.index == 0 else { return false }
    return node.isNamed("aliases") || node.isNamed("__symbols__") || node.isNamed("__fixups__")
  }

  private mutating func beginNode(_ node: FlattenedTree.Node) {
    startLine()
    for label in labels[node] { put("\(label): ") }
    let name = tree.bytes[node.nameByteRange]
    if node.index == 0 {
      put("/ {")
      if !name.isEmpty { putOriginalName(name) }
    } else {
      let defect = putName(name, permitting: NameRules.permitsInNode)
      put(" {")
      if defect { putOriginalName(name) }
    }
    put("\n")
    depth += 1
  }

  private mutating func endNode() {
    depth -= 1
    startLine()
    put("};\n")
  }

  /// Puts `name`, with `_` for what dtc would not read; returns whether there was any.
  mutating func putName(_ name: ArraySlice<UInt8>, permitting permits: (UInt8) -> Bool) -> Bool {
    guard !name.isEmpty else {
      put("_")
      return true
    }
    var changed = false
    for byte in name {
      let isPermitted = permits(byte)
      output.append(isPermitted ? byte : UInt8(ascii: "_"))
      changed = changed || !isPermitted
    }
    return changed
  }

  mutating func putOriginalName(_ name: ArraySlice<UInt8>) {
    put(" /* in the file: '")
    putCommentText(name)
    put("' */")
  }

  mutating func putComment(_ text: String) {
    put(" /* ")
    putCommentText(Array(text.utf8)[...])
    put(" */")
  }

  /// Puts text that can't end the comment it stands in: the `*` of an end is spelled `\x2a`.
  private mutating func putCommentText(_ text: ArraySlice<UInt8>) {
    for byte in text {
      if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "\\") {
        output.append(contentsOf: hexEscape(byte))
      } else {
        putEscaped(byte)
      }
    }
  }

  /// Puts printable ASCII as it is, and everything else as `\xNN`.
  mutating func putEscaped(_ byte: UInt8) {
    if isPrintable(byte) {
      output.append(byte)
    } else {
      output.append(contentsOf: hexEscape(byte))
    }
  }

  mutating func startLine() {
    lineStart = output.count
    for _ in 0..<depth { output.append(UInt8(ascii: "\t")) }
  }

  mutating func put(_ text: String) { output.append(contentsOf: text.utf8) }
}

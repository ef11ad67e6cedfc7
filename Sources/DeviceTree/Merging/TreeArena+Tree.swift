extension TreeArena {
  /// The nodes as a value, in order.
  var root: Node {
    var nodes = entries.map { entry in
      Node(entry.name, properties: entry.slots.map(\.property))
    }
    // Children come behind their parents, so that from the end on each is complete when it is taken.
    for position in entries.indices.reversed() where !entries[position].children.isEmpty {
      let children = entries[position].children
      nodes[position].children.reserveCapacity(children.count)
      for child in children {
        nodes[position].children.append(nodes[child])
        nodes[child] = Node("")
      }
    }
    return nodes.first ?? Node("")
  }

  /// The positions of the nodes in document order.
  var documentOrder: [Int] {
    var order: [Int] = []
    order.reserveCapacity(entries.count)
    var waiting = entries.isEmpty ? [] : [0]
    while let position = waiting.popLast() {
      order.append(position)
      waiting.append(contentsOf: entries[position].children.reversed())
    }
    return order
  }
}

extension PropertyValue {
  /// The value as one 32-bit cell; nil unless it is exactly four bytes.
  public var u32: UInt32? { bytes.count == 4 ? cell(at: 0) : nil }

  /// The cell at the byte `offset`; nil where the value ends before it does.
  public func cell(at offset: Int) -> UInt32? {
    guard offset >= 0, bytes.count >= 4, offset <= bytes.count - 4 else { return nil }
    return bytes.span.bigEndian32(at: offset)
  }

  /// The value as one string; nil unless it ends in the only NUL that it has, and is valid UTF-8.
  public var text: String? {
    guard bytes.firstIndex(of: 0) == bytes.count - 1, !bytes.isEmpty else { return nil }
    return String(validating: bytes.dropLast(), as: UTF8.self)
  }

  /// The strings of a list; empty where the value isn't one.
  var strings: [String] {
    guard bytes.last == 0 else { return [] }
    return bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}

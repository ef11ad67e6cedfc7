/// Which devices are behind a virtio-iommu: the table `VIOT`.
///
/// **Source:** ACPI 6.5, section 5.2.34.
public struct VIOT: Hashable, Sendable {
  /// A node; `output` is the number of the node of its IOMMU, among all.
  public enum Node: Hashable, Sendable {
    /// Functions of PCI: from the first endpoint id and BDF on to the last of both segments.
    case pciRange(
      firstEndpoint: UInt32, segments: ClosedRange<UInt16>, bdfs: ClosedRange<UInt16>, output: Int)
    /// A device in memory: its endpoint id and its base.
    case mmioEndpoint(id: UInt32, base: UInt64, output: Int)
    /// A virtio-iommu that is a function of PCI.
    case pciIOMMU(segment: UInt16, bdf: UInt16)
    /// A virtio-iommu of virtio-mmio.
    case mmioIOMMU(base: UInt64)

    var size: Int {
      switch self {
      case .pciRange, .mmioEndpoint: 24
      case .pciIOMMU, .mmioIOMMU: 16
      }
    }
  }

  /// The nodes in order.
  public var nodes: [Node]
  /// Where each node stands in its file; empty of a table that wasn't read.
  public var byteOffsets: [Int] = []

  /// A table of these nodes.
  public init(_ nodes: [Node]) { self.nodes = nodes }

  /// Reads the table.
  ///
  /// - Throws: ``ACPIError`` where it is another, cut short, or has an output that is no node.
  public init(_ image: TableImage) throws(ACPIError) {
    let reader = try TableReader(image, "VIOT")
    let count = Int(try reader.word(36))
    var offset = Int(try reader.word(38))
    // Outputs are offsets, and may come behind: nodes first, then their numbers.
    var places: [Int] = []
    var numbers: [Int: Int] = [:]
    for number in 0..<count {
      places.append(offset)
      numbers[offset] = number
      let length = Int(try reader.word(offset + 2))
      guard length >= 16 else {
        throw ACPIError(
          .badLength, "a node of VIOT of \(length) bytes", byteOffset: reader.place(offset + 2))
      }
      offset += length
    }
    func output(_ offset: Int) throws(ACPIError) -> Int {
      let place = Int(try reader.word(offset))
      guard let number = numbers[place] else {
        throw ACPIError(
          .badValue, "\(hex(place)) is the offset of no node of VIOT",
          byteOffset: reader.place(offset))
      }
      return number
    }
    func range(_ first: UInt16, _ last: UInt16, _ offset: Int) throws(ACPIError) -> ClosedRange<
      UInt16
    > {
      guard first <= last else {
        throw ACPIError(
          .badValue, "a range of VIOT from \(hex(first)) down to \(hex(last))",
          byteOffset: reader.place(offset))
      }
      return first...last
    }
    nodes = []
    for place in places {
      switch try reader.byte(place) {
      case 1:
        nodes.append(
          .pciRange(
            firstEndpoint: try reader.doubleWord(place + 4),
            segments: try range(reader.word(place + 8), reader.word(place + 10), place + 8),
            bdfs: try range(reader.word(place + 12), reader.word(place + 14), place + 12),
            output: try output(place + 16)))
      case 2:
        nodes.append(
          .mmioEndpoint(
            id: try reader.doubleWord(place + 4), base: try reader.quadWord(place + 8),
            output: try output(place + 16)))
      case 3:
        nodes.append(
          .pciIOMMU(segment: try reader.word(place + 4), bdf: try reader.word(place + 6)))
      case 4: nodes.append(.mmioIOMMU(base: try reader.quadWord(place + 8)))
      case let type:
        throw ACPIError(
          .badValue, "\(type) is no type of a node of VIOT", byteOffset: reader.place(place))
      }
      byteOffsets.append(reader.place(place))
    }
  }

  /// The most nodes that a table has room for: their number has 16 bits.
  public static let mostNodes = 0xffff

  /// The whole table.
  ///
  /// - Throws: ``ACPIError/Code/notWritable`` where an output is no node, or there are too many.
  public func bytes() throws(ACPIError) -> [UInt8] {
    try Self.header(oemTableID: "DTGENVIO").table(body())
  }

  /// The header of such a table.
  public static func header(oemTableID: String) -> TableHeader {
    TableHeader("VIOT", revision: 0, oemTableID: oemTableID)
  }

  /// What stands behind the header.
  ///
  /// - Throws: ``ACPIError/Code/notWritable`` where an output is no node, or there are too many.
  public func body() throws(ACPIError) -> [UInt8] {
    guard let count = UInt16(exactly: nodes.count) else {
      throw ACPIError(
        .notWritable, "\(nodes.count) nodes of VIOT, whose number has 16 bits: at most 65535")
    }
    let offsets = nodes.reduce(into: (next: Self.firstNode, all: [Int]())) {
      $0.all.append($0.next)
      $0.next += $1.size
    }.all
    var body = TableBody()
    body.add(count)
    body.add(UInt16(Self.firstNode))
    body.reserve(8)
    for node in nodes { try node.write(to: &body, offsets) }
    return body.bytes
  }

  /// Where the first node is: behind the header, the counts and 8 reserved bytes.
  private static let firstNode = 48
}

extension VIOT.Node {
  fileprivate func write(to body: inout TableBody, _ offsets: [Int]) throws(ACPIError) {
    func output(_ number: Int) throws(ACPIError) -> UInt16 {
      guard offsets.indices.contains(number) else {
        throw ACPIError(.notWritable, "an endpoint of VIOT behind node \(number), which is none")
      }
      guard let offset = UInt16(exactly: offsets[number]) else {
        throw ACPIError(
          .notWritable, "an IOMMU of VIOT at byte \(offsets[number]), and offsets have 16 bits")
      }
      return offset
    }
    switch self {
    case .pciRange(let endpoint, let segments, let bdfs, let number):
      body.add(bytes: [1, 0, 24, 0])
      body.add(endpoint)
      for value in [segments.lowerBound, segments.upperBound, bdfs.lowerBound, bdfs.upperBound] {
        body.add(value)
      }
      body.add(try output(number))
      body.reserve(6)
    case .mmioEndpoint(let id, let base, let number):
      body.add(bytes: [2, 0, 24, 0])
      body.add(id)
      body.add(base)
      body.add(try output(number))
      body.reserve(6)
    case .pciIOMMU(let segment, let bdf):
      body.add(bytes: [3, 0, 16, 0])
      body.add(segment)
      body.add(bdf)
      body.reserve(8)
    case .mmioIOMMU(let base):
      body.add(bytes: [4, 0, 16, 0])
      body.reserve(4)
      body.add(base)
    }
  }
}

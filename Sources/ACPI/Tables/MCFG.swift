/// Where the configuration space of PCI Express is in memory: the table `MCFG`.
///
/// **Source:** PCI Firmware Specification 3.3, section 4.1.2.
public struct MCFG: Hashable, Sendable {
  /// One range of buses.
  public struct Allocation: Hashable, Sendable {
    /// Where bus 0 would be; the first bus that is there lies 1 MiB further for each before it.
    public var base: UInt64
    /// The PCI segment.
    public var segment: UInt16
    /// The first bus.
    public var startBus: UInt8
    /// The last bus.
    public var endBus: UInt8
    /// Where the allocation stands in its file; 0 of one that wasn't read.
    public var byteOffset = 0

    /// A range of buses.
    public init(base: UInt64, segment: UInt16 = 0, startBus: UInt8 = 0, endBus: UInt8 = 255) {
      self.base = base
      self.segment = segment
      self.startBus = startBus
      self.endBus = endBus
    }
  }

  /// The ranges.
  public var allocations: [Allocation]

  /// A table of these ranges.
  public init(_ allocations: [Allocation]) { self.allocations = allocations }

  /// Reads the table.
  ///
  /// - Throws: ``ACPIError`` where it is another, or cut short.
  public init(_ image: TableImage) throws(ACPIError) {
    let reader = try TableReader(image, "MCFG")
    allocations = []
    for offset in stride(from: 44, to: reader.count, by: 16) {
      var allocation = Allocation(
        base: try reader.quadWord(offset), segment: try reader.word(offset + 8),
        startBus: try reader.byte(offset + 10), endBus: try reader.byte(offset + 11))
      allocation.byteOffset = reader.place(offset)
      allocations.append(allocation)
    }
  }

  /// The whole table.
  ///
  /// - Throws: ``ACPIError/Code/notWritable``.
  public func bytes() throws(ACPIError) -> [UInt8] {
    try Self.header(oemTableID: "DTGENMCF").table(body)
  }

  /// The header of such a table.
  public static func header(oemTableID: String) -> TableHeader {
    TableHeader("MCFG", revision: 1, oemTableID: oemTableID)
  }

  /// What stands behind the header.
  public var body: [UInt8] {
    var body = TableBody()
    body.reserve(8)
    for allocation in allocations {
      body.add(allocation.base)
      body.add(allocation.segment)
      body.add(bytes: [allocation.startBus, allocation.endBus])
      body.reserve(4)
    }
    return body.bytes
  }
}

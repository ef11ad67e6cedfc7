/// A node of the ``IORT``.
public struct IORTNode: Hashable, Sendable {
  /// What a node is, with what only that has.
  public enum Kind: Hashable, Sendable {
    /// Interrupt translation services, by their ids in the ``MADT``.
    case its([UInt32])
    /// A device that isn't PCI's, by its path in the namespace.
    case namedComponent(IORTNamedComponent)
    /// A root complex of PCI.
    case rootComplex(IORTRootComplex)
    /// An SMMUv3.
    case smmuV3(IORTSMMUv3)
    /// Memory that a device reaches as if there were no SMMU.
    case reservedMemory(flags: UInt32, ranges: [IORTMemoryRange])
    /// Another node: its type, its revision, and the bytes between header and mappings.
    case other(type: UInt8, revision: UInt8, data: [UInt8])
  }

  /// What it is.
  public var kind: Kind
  /// Where its ids go.
  public var mappings: [IORTMapping]
  /// Where it stands in its file; 0 of one that wasn't read.
  public var byteOffset = 0

  /// A node with these mappings.
  public init(_ kind: Kind, mappings: [IORTMapping] = []) {
    self.kind = kind
    self.mappings = mappings
  }

  init(_ reader: TableReader, _ numbers: [UInt32: Int]) throws(ACPIError) {
    let type = try reader.byte(0)
    let mappingCount = Int(try reader.doubleWord(8))
    let mappingOffset = Int(try reader.doubleWord(12))
    switch type {
    case 0:
      let count = Int(try reader.doubleWord(16))
      var ids: [UInt32] = []
      while ids.count < count { ids.append(try reader.doubleWord(20 + 4 * ids.count)) }
      kind = .its(ids)
    case 1: kind = .namedComponent(try IORTNamedComponent(reader))
    case 2: kind = .rootComplex(try IORTRootComplex(reader))
    case 4: kind = .smmuV3(try IORTSMMUv3(reader))
    case 6:
      let count = Int(try reader.doubleWord(20))
      let first = Int(try reader.doubleWord(24))
      var ranges: [IORTMemoryRange] = []
      while ranges.count < count {
        let place = first + 20 * ranges.count
        ranges.append(
          IORTMemoryRange(
            base: try reader.quadWord(place), length: try reader.quadWord(place + 8)))
      }
      kind = .reservedMemory(flags: try reader.doubleWord(16), ranges: ranges)
    default:
      let end = mappingCount > 0 ? max(16, min(mappingOffset, reader.count)) : reader.count
      kind = .other(
        type: type, revision: try reader.byte(3), data: Array(reader.bytes[16..<end]))
    }
    mappings = []
    while mappings.count < mappingCount {
      let place = mappingOffset + 20 * mappings.count
      let output = try reader.doubleWord(place + 12)
      guard let number = numbers[output] else {
        throw ACPIError(
          .badValue, "\(hex(output)) is the offset of no node of IORT",
          byteOffset: reader.place(place + 12))
      }
      var mapping = IORTMapping(
        inputBase: try reader.doubleWord(place),
        // A number less one; all ids at once would be one more than fits.
        count: try reader.doubleWord(place + 4) &+ 1,
        outputBase: try reader.doubleWord(place + 8), output: number,
        isSingle: try reader.doubleWord(place + 16) & 1 != 0)
      if mapping.count == 0 { mapping.count = .max }
      mapping.byteOffset = reader.place(place)
      mappings.append(mapping)
    }
    byteOffset = reader.place(0)
  }

  /// The bytes between header and mappings.
  private func data() throws(ACPIError) -> (type: UInt8, revision: UInt8, bytes: [UInt8]) {
    var body = TableBody()
    switch kind {
    case .its(let ids):
      body.add(UInt32(clamping: ids.count))
      for id in ids { body.add(id) }
      return (0, 1, body.bytes)
    case .namedComponent(let component):
      try component.write(to: &body)
      return (1, 4, body.bytes)
    case .rootComplex(let complex):
      complex.write(to: &body)
      return (2, 4, body.bytes)
    case .smmuV3(let smmu):
      smmu.write(to: &body)
      return (4, 5, body.bytes)
    case .reservedMemory(let flags, let ranges):
      body.add(flags)
      body.add(UInt32(clamping: ranges.count))
      // Behind the mappings, which come first.
      body.add(UInt32(clamping: 28 + 20 * mappings.count))
      return (6, 3, body.bytes)
    case .other(let type, let revision, let data): return (type, revision, data)
    }
  }

  /// What follows the mappings.
  private var tail: [IORTMemoryRange] {
    if case .reservedMemory(_, let ranges) = kind { ranges } else { [] }
  }

  func size() throws(ACPIError) -> Int {
    16 + (try data().bytes.count) + 20 * (mappings.count + tail.count)
  }

  func write(
    to body: inout TableBody, number: UInt32, _ offsets: [UInt32]
  ) throws(ACPIError) {
    let (type, revision, bytes) = try data()
    guard let size = UInt16(exactly: try size()) else {
      throw ACPIError(
        .notWritable, "node \(number) of IORT has more than the 65535 bytes that its length counts")
    }
    body.add(bytes: [type])
    body.add(size)
    body.add(bytes: [revision])
    body.add(number)
    body.add(UInt32(mappings.count))
    body.add(UInt32(mappings.isEmpty ? 0 : 16 + bytes.count))
    body.add(bytes: bytes)
    for mapping in mappings {
      guard offsets.indices.contains(mapping.output), mapping.count > 0 else {
        throw ACPIError(
          .notWritable, "a mapping of IORT of no ids, or to node \(mapping.output), which is none")
      }
      body.add(mapping.inputBase)
      body.add(mapping.count - 1)
      body.add(mapping.outputBase)
      body.add(offsets[mapping.output])
      body.add(UInt32(mapping.isSingle ? 1 : 0))
    }
    for range in tail {
      body.add(range.base)
      body.add(range.length)
      body.reserve(4)
    }
  }
}

/// The resource descriptors of a buffer, each with its place.
///
/// **Source:** ACPI 6.5, section 6.4.
public struct ResourceTemplate: Sendable {
  /// One descriptor.
  public struct Entry: Sendable, Hashable {
    /// Where it lies in the file, tag included, in bytes.
    public let byteRange: Range<Int>
    /// What it says.
    public let descriptor: ResourceDescriptor
  }

  /// The descriptors in front of the end tag.
  public let entries: [Entry]
  /// What is wrong with tags, lengths and the end tag.
  public let problems: [ACPIError]
  /// Where the end tag lies in the file; nil without one.
  public let endTagByteOffset: Int?

  /// The descriptors alone.
  public var descriptors: [ResourceDescriptor] { entries.map(\.descriptor) }

  /// Reads the descriptors at `range` of `file`, and no more than `limit`.
  public init(
    _ file: [UInt8], _ range: Range<Int>, of path: String? = nil,
    limit: Int = ACPILimits().maximumDescriptors
  ) {
    var entries: [Entry] = []
    var problems: [ACPIError] = []
    var endTag: Int?
    func note(_ code: ACPIError.Code, _ message: String, _ offset: Int) {
      problems.append(ACPIError(code, message, byteOffset: offset, objectPath: path))
    }
    let range = range.clamped(to: file.startIndex..<file.endIndex)
    var position = range.lowerBound
    while position < range.upperBound, endTag == nil {
      let tag = file[position]
      let head = tag < 0x80 ? 1 : 3
      guard range.upperBound - position >= head else {
        note(.truncated, "a descriptor is cut short behind its tag \(hex(tag))", position)
        break
      }
      let length = tag < 0x80 ? Int(tag & 7) : Int(file.littleEndian16(at: position + 1))
      let start = position + head
      guard range.upperBound - start >= length else {
        note(
          .badDescriptor,
          "the descriptor \(hex(tag)) has \(length) bytes, and its buffer "
            + "\(range.upperBound - start) more", position)
        break
      }
      if tag & 0xf8 == 0x78 {
        endTag = position
        if tag != 0x79 {
          note(.badDescriptor, "an end tag \(hex(tag)), which is 0x79", position)
        } else if file[start] != 0,
          file[range.lowerBound...start].reduce(0 as UInt8, &+) != 0
        {
          note(
            .badChecksum,
            "the checksum of the resources is \(hex(file[start])), neither 0 nor right",
            start)
        }
        if start + length < range.upperBound {
          note(
            .badDescriptor, "\(range.upperBound - start - length) bytes behind the end tag",
            start + length)
        }
        break
      }
      if entries.count >= limit {
        note(.limitExceeded, "more than \(limit) descriptors", position)
        break
      }
      let reader = DescriptorReader(file: file, tag: tag, start: start, end: start + length)
      let descriptor = reader.descriptor()
      if case .unknown = descriptor {
        note(
          .badDescriptor,
          DescriptorReader.isKnown(tag)
            ? "the descriptor \(hex(tag)) has \(length) bytes, which don't suit it"
            : "\(hex(tag)) is the tag of no descriptor", position)
      }
      entries.append(
        Entry(byteRange: position..<(start + length), descriptor: descriptor))
      position = start + length
    }
    if endTag == nil, problems.isEmpty {
      note(.badDescriptor, "the resources have no end tag", range.upperBound)
    }
    self.entries = entries
    self.problems = problems
    endTagByteOffset = endTag
  }
}

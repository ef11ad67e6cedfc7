/// What a `_DSD` says: packages of properties, and other data by their UUIDs.
///
/// **Source:** ACPI 6.5, section 6.2.5, and UEFI Forum, _DSD Implementation Guide 1.1.
public struct DeviceProperties: Sendable {
  /// A property, or the name of a sub-node and what has its properties.
  public struct Entry: Sendable {
    /// The name.
    public let name: String
    /// An integer, a string, a reference or a package of those; of a sub-node, a reference or a path.
    public let value: Namespace.Value
    /// Where the pair starts in its file, in bytes.
    public let byteOffset: Int
  }

  /// One UUID and the package behind it.
  public struct Section: Sendable {
    /// What the data is.
    public let uuid: UUID
    /// The data as it stands there.
    public let data: Namespace.Value
    /// The pairs in it; empty of a UUID that isn't one of properties, sub-nodes or buffers.
    public let entries: [Entry]
  }

  /// The sections in order.
  public let sections: [Section]
  /// What is malformed; of a section with a malformed pair, Linux takes none.
  ///
  /// **Source:** Linux `drivers/acpi/property.c`, `acpi_extract_properties`.
  public let problems: [ACPIError]

  /// The device properties of all sections that have them.
  public var properties: [Entry] { entries(of: .deviceProperties) }

  /// The sub-nodes.
  public var subnodes: [Entry] { entries(of: .hierarchicalData) }

  /// The first device property of this name.
  public func property(_ name: String) -> Namespace.Value? {
    properties.first { $0.name == name }?.value
  }

  private func entries(of uuid: UUID) -> [Entry] {
    sections.filter { $0.uuid == uuid }.flatMap(\.entries)
  }

  init(_ value: Namespace.Value, of path: String) throws(ACPIError) {
    guard let elements = value.elements else {
      throw ACPIError(
        .badValue, "\(value.kind), and not a package", byteOffset: value.byteOffset,
        objectPath: path)
    }
    var sections: [Section] = []
    var problems: [ACPIError] = []
    func note(_ message: String, _ value: Namespace.Value) {
      problems.append(
        ACPIError(.badValue, message, byteOffset: value.byteOffset, objectPath: path))
    }
    if !elements.count.isMultiple(of: 2) {
      note("\(elements.count) elements, and not pairs of a UUID and a package", value)
    }
    for index in stride(from: 0, to: elements.count - 1, by: 2) {
      guard let uuid = elements[index].uuid else {
        note(
          "\(elements[index].kind) where a UUID, a buffer of 16 bytes, is wanted", elements[index])
        continue
      }
      let data = elements[index + 1]
      guard let pairs = data.elements else {
        note("\(data.kind) behind a UUID, and not a package", data)
        continue
      }
      let isOfProperties = [.deviceProperties, .hierarchicalData, .bufferProperties].contains(uuid)
      // An interpreter fills a package up with objects of no type, which are no pairs.
      if uuid == .deviceProperties, data.missingElements > 0 {
        note(
          "the package behind the UUID claims \(data.claimedCount ?? 0) elements, and has \(pairs.count)",
          data)
      }
      var entries: [Entry] = []
      if isOfProperties {
        for pair in pairs {
          guard let parts = pair.elements, parts.count == 2, let name = parts[0].string,
            pair.missingElements == 0
          else {
            note("\(pair.kind) that is no pair of a name and a value", pair)
            continue
          }
          entries.append(Entry(name: name, value: parts[1], byteOffset: pair.byteOffset))
        }
      }
      sections.append(Section(uuid: uuid, data: data, entries: entries))
    }
    self.sections = sections
    self.problems = problems
  }
}

extension Namespace.Object {
  /// `_DSD`: the properties of the device.
  public var deviceProperties: Evaluation<DeviceProperties> { deviceProperties(in: "_DSD") }

  /// The properties that the object of this name in it has, as sub-nodes are.
  public func deviceProperties(in name: NameSegment) -> Evaluation<DeviceProperties> {
    evaluation(of: name).map { value throws(ACPIError) in
      try DeviceProperties(value, of: "\(path).\(name.text)")
    }
  }
}

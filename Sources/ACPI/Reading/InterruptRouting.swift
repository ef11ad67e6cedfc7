/// How the interrupts of PCI's pins are routed: `_PRT`.
///
/// **Source:** ACPI 6.5, section 6.2.13.
public struct InterruptRouting: Sendable {
  /// Where a pin's interrupt goes.
  public enum Target: Sendable {
    /// A global interrupt number (GSI).
    case interrupt(UInt64)
    /// A link device, and which of its resources; nil where no table of the set has it.
    case link(Namespace.Object?, index: UInt64)
  }

  /// One pin of one device.
  public struct Entry: Sendable {
    /// The device << 16, and 0xffff for all functions.
    public let address: UInt64
    /// 0 for INTA to 3 for INTD.
    public let pin: UInt64
    /// Where its interrupt goes.
    public let target: Target
    /// Where the entry starts in its file, in bytes.
    public let byteOffset: Int
  }

  /// The entries in order.
  public let entries: [Entry]
  /// What is malformed.
  public let problems: [ACPIError]

  init(_ value: Namespace.Value, of path: String) throws(ACPIError) {
    guard let elements = value.elements else {
      throw ACPIError(
        .badValue, "\(value.kind), and not a package", byteOffset: value.byteOffset,
        objectPath: path)
    }
    var entries: [Entry] = []
    var problems: [ACPIError] = []
    for element in elements {
      guard let parts = element.elements, parts.count == 4, let address = parts[0].integer,
        let pin = parts[1].integer, let index = parts[3].integer,
        parts[2].isReference || parts[2].integer == 0
      else {
        problems.append(
          ACPIError(
            .badValue, "\(element.kind) that isn't an address, a pin, a source and an index",
            byteOffset: element.byteOffset, objectPath: path))
        continue
      }
      entries.append(
        Entry(
          address: address, pin: pin,
          target: parts[2].isReference
            ? .link(parts[2].referencedObject, index: index) : .interrupt(index),
          byteOffset: element.byteOffset))
    }
    self.entries = entries
    self.problems = problems
  }
}

extension Namespace.Object {
  /// `_PRT`: where the interrupts of PCI's pins go.
  public var interruptRouting: Evaluation<InterruptRouting> {
    evaluation(of: "_PRT").map { value throws(ACPIError) in
      try InterruptRouting(value, of: path + "._PRT")
    }
  }
}

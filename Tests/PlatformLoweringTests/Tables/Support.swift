import ACPI
import DTGenTestSupport
import PlatformDescription
import PlatformLowering
import Testing

/// The tables of one machine.
func tables(
  compact: Bool = false, sourceLocation: Testing.SourceLocation = #_sourceLocation,
  of machine: () -> VirtualMachine
) throws -> LoweredTables {
  let lowering = Lowering(
    Platform("p") { machine() },
    tables: TableOptions(isCompact: compact, includesTrees: true))
  #expect(lowering.mistakes == [], sourceLocation: sourceLocation)
  return try #require(lowering.tables.first, sourceLocation: sourceLocation)
}

/// A machine of arm64 whose guest has tables.
func armTables(
  compact: Bool = false, sourceLocation: Testing.SourceLocation = #_sourceLocation,
  @ComponentBuilder _ elements: () -> [Element]
) throws -> LoweredTables {
  let elements = elements()
  return try tables(compact: compact, sourceLocation: sourceLocation) {
    var machine = VirtualMachine("guest", architecture: .arm64, firmware: .acpi) {}
    machine.elements = elements
    return machine
  }
}

/// The ids of the mistakes in one machine.
func tableMistakes(of machine: () -> VirtualMachine) -> [String] {
  Lowering(Platform("p") { machine() }, tables: TableOptions(includesTrees: true)).mistakes
    .map(\.id)
}

extension LoweredTables {
  /// The bytes of the table with this signature.
  func bytes(_ signature: String) throws -> [UInt8] {
    try #require(tables.first { $0.signature == signature }).bytes()
  }

  /// The text of the SSDT.
  var text: String { tables.first?.sourceText ?? "" }

  /// The terms of the device of this name, wherever it stands in the SSDT.
  func device(_ name: NameSegment) throws -> [Term] {
    guard case .terms(let block)? = tables.first?.content else { return [] }
    func find(_ terms: [Term]) -> [Term]? {
      for term in terms {
        switch term {
        case .device(NamePath(name), let terms): return terms
        case .device(_, let terms), .scope(_, let terms):
          if let found = find(terms) { return found }
        default: continue
        }
      }
      return nil
    }
    return try #require(find(block.terms))
  }

  /// The value of a named object of a device.
  func value(_ object: NamePath, of name: NameSegment) throws -> Term? {
    try device(name).lazy.compactMap {
      if case .name(object, let value) = $0 { value } else { nil }
    }.first
  }
}

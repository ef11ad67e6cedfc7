public import ACPI
public import PlatformDescription

/// The ACPI tables of one virtual machine.
public struct LoweredTables: Sendable {
  /// The machine's name.
  public var name: String
  /// The tables: the SSDT or the DSDT first, where there is one.
  public var tables: [LoweredTable]
  /// What tables can't say about its virtio devices; their paths are those of the namespace.
  public var devices: [LoweredDevice]
  /// The devices of the SSDT, in the order of the table.
  public var objects: [DeviceObject]
  /// What the machine has shared memory for, in the order of the description.
  public var roles: [LoweredRole] = []
  /// What follows from what keeps the machine's memory from the host; nil where nothing does.
  public var confidentiality: LoweredConfidentiality?
  /// The findings that are accepted: those of the machine, and of its parts in their order.
  public var accepted: [AcceptedFinding] = []
  /// Whether its guest has a device tree besides.
  public var hasTree: Bool
  /// Whether these are all tables of the guest: a DSDT, and what a hardware-reduced machine needs besides.
  public var isComplete = false
  /// The machine's memory, as far as these tables' machine describes it.
  public var memory: [AddressRange] = []

  /// A device of the SSDT.
  public struct DeviceObject: Sendable, Hashable {
    /// Its path in the namespace.
    public var path: String
    /// Its `_HID`.
    public var hardwareID: String
    /// The memory of its `_CRS`.
    public var memory: [AddressRange]
    /// The global system interrupts of its `_CRS`.
    public var interrupts: [UInt32]
    /// Where it was written.
    public var location: SourceLocation?
    /// Whether its interrupt is signalled as the VMM's own tables have it, whatever a tree says.
    public var signalsLikeOthers = false
  }

  /// A finding that the description accepts, and where.
  public struct AcceptedFinding: Sendable, Hashable {
    /// The path of an object, with all below it, `\` for all tables, or the signature of a table; nil of what no
    /// table tells of.
    public var path: String?
    /// What is accepted, and why.
    public var allowance: Allowance
    /// Where it was written.
    public var location: SourceLocation?
  }
}

/// One ACPI table.
public struct LoweredTable: Sendable {
  /// What stands behind its header.
  public enum Content: Sendable {
    /// AML.
    case terms(DefinitionBlock)
    /// A structure that the specification fixes.
    case structure(TableHeader, body: [UInt8])
  }

  /// What stands in it.
  public var content: Content

  init(content: Content) { self.content = content }

  /// A table that the specification fixes, by its bytes, header included.
  ///
  /// - Throws: ``ACPI/ACPIError`` where these aren't the bytes of a table.
  public init(bytes: [UInt8]) throws(ACPIError) {
    guard let image = try TableFile(bytes).tables.first else {
      throw ACPIError(.truncated, "no bytes of a table")
    }
    content = .structure(image.header, body: Array(bytes.dropFirst(TableHeader.size)))
  }

  /// Four characters, `SSDT`.
  public var signature: String { header.signature }

  /// Its header.
  public var header: TableHeader {
    switch content {
    case .terms(let block): block.header
    case .structure(let header, _): header
    }
  }

  /// The whole table, header and checksum included.
  ///
  /// - Throws: ``ACPI/ACPIError`` where something of it has no encoding.
  public func bytes() throws(ACPIError) -> [UInt8] {
    switch content {
    case .terms(let block): try block.bytes()
    case .structure(let header, let body): try header.table(body)
    }
  }

  /// The table as ASL; nil for one that has no AML.
  public var sourceText: String? {
    switch content {
    case .terms(let block): block.sourceText
    case .structure: nil
    }
  }
}

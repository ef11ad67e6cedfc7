public import ACPI

/// A place in a set of tables, as a finding points at it.
public struct TablePlace: Sendable, Hashable {
  /// The number of the table, among those of the set.
  public let table: Int
  /// The path of an object of the namespace, or the signature of a table without AML.
  public let node: String
  /// The object in it that is meant: `_CRS`.
  public let property: String?
  /// The part of it: `_CRS[1]`, `node[2]`.
  public let element: String?
  /// Where it lies in its file, in bytes.
  public let byteRange: Range<Int>

  /// A place.
  public init(
    table: Int, node: String, property: String? = nil, element: String? = nil,
    byteRange: Range<Int>
  ) {
    self.table = table
    self.node = node
    self.property = property
    self.element = element
    self.byteRange = byteRange
  }
}

extension TableDevice {
  /// The device itself.
  public var place: TablePlace { TablePlace(object, path: path) }

  /// The object of this name in it, or the device where it has none.
  public func place(of name: NameSegment) -> TablePlace {
    guard let child = object.child(name), let range = child.byteRange, let table = child.table
    else { return place }
    return TablePlace(table: table, node: path, property: name.text, byteRange: range)
  }

  /// A part of the object of this name in it: a descriptor, a pair, an element.
  public func place(
    of name: NameSegment, _ index: Int, byteRange: Range<Int>
  ) -> TablePlace {
    let whole = place(of: name)
    return TablePlace(
      table: whole.table, node: path, property: name.text, element: "\(name.text)[\(index)]",
      byteRange: byteRange)
  }

  /// The descriptor of a range.
  public func place(of window: TableWindow) -> TablePlace {
    place(of: "_CRS", window.index, byteRange: window.byteRange)
  }

  /// The descriptor of an interrupt.
  public func place(of interrupt: TableInterrupt) -> TablePlace {
    place(of: "_CRS", interrupt.index, byteRange: interrupt.byteRange)
  }
}

extension TablePlace {
  /// An object of the namespace by itself.
  public init(_ object: Namespace.Object, path: String) {
    self.init(table: object.table ?? 0, node: path, byteRange: object.byteRange ?? 0..<0)
  }
}

extension TablesView {
  /// A place by what was found to be wrong there, in table `number`.
  public func place(of problem: ACPIError, inTable number: Int) -> TablePlace {
    let image = set.tables[number]
    let offset = problem.byteOffset ?? image.byteRange.lowerBound
    return TablePlace(
      table: number, node: problem.objectPath ?? image.header.signature,
      byteRange: offset..<(offset + 1))
  }

  /// A place by what is wrong with the parts of table `number`.
  public func place(of problem: TableStructure.Problem, inTable number: Int) -> TablePlace {
    TablePlace(
      table: number, node: set.tables[number].header.signature, element: problem.element,
      byteRange: problem.byteRange)
  }

  /// The header of table `number`.
  public func place(ofTable number: Int) -> TablePlace {
    let range = set.tables[number].byteRange
    return TablePlace(
      table: number, node: set.tables[number].header.signature,
      byteRange: range.lowerBound..<min(range.upperBound, range.lowerBound + TableHeader.size))
  }

  /// The number of the table in which `offset` of file `member` lies: the last that starts before it.
  public func table(at offset: Int, inMember member: Int) -> Int {
    var found: Int?
    for number in set.tables.indices where set.member(ofTable: number) == member {
      if found == nil || set.tables[number].byteRange.lowerBound <= offset { found = number }
    }
    return found ?? 0
  }
}

extension TablePlace {
  /// Where a fault is: the device and its object, where it is in one.
  public init(_ fault: NamespaceFault) {
    let path = fault.objectPath
    let dot = path.lastIndex(of: ".")
    let name = dot.map { path[path.index(after: $0)...] }
    // What ACPI defines belongs to its device; anything else is an object by itself.
    if let dot, let name, name.hasPrefix("_") {
      self.init(
        table: fault.table, node: String(path[..<dot]), property: String(name),
        byteRange: fault.byteRange)
    } else {
      self.init(table: fault.table, node: path, byteRange: fault.byteRange)
    }
  }
}

extension Namespace {
  /// An object of the namespace: a number and a reference to it.
  public struct Object: Sendable {
    /// The namespace it is in.
    public let namespace: Namespace
    let number: UInt32

    var record: NameTable.Record { namespace.names[number] }

    /// The record of the term that declares it.
    var definition: TermRecord? {
      let index = record.definition
      return index == TermRecord.noObject ? nil : namespace.records[Int(index)]
    }

    /// Its name; that of the root means nothing.
    public var name: NameSegment { record.segment }

    /// The full path, `\` for the root.
    public var path: String { namespace.names.path(of: number) }

    /// What it is; ``ObjectType/unknown`` where no term says it.
    public var type: ObjectType { record.type }

    /// How many arguments it takes; 0 of what is no method.
    public var argumentCount: Int { Int(record.argumentCount) }

    /// Whether a term of the set declares it, and not only an `External` or a path through it.
    public var isDeclared: Bool { record.definition != TermRecord.noObject }

    /// Whether an `External` announces it.
    public var isExternal: Bool { record.isExternal }

    /// Whether ACPI itself declares it: `\_SB`, `\_OSI`.
    public var isPredefined: Bool { record.isPredefined }

    /// Whether an `If` decides if it exists.
    public var isConditional: Bool { record.isConditional }

    /// Whether it exists only while a method runs.
    public var isTemporary: Bool { record.isTemporary }

    /// The number of the table that declares it, among ``Namespace/tables``; nil where none does.
    public var table: Int? { definition.map { Int($0.table) } }

    /// Where the term that declares it lies in its file, in bytes; nil where none does.
    public var byteRange: Range<Int>? { definition.map { Int($0.offset)..<Int($0.end) } }

    /// Where the term that declares it starts in its file, in bytes.
    public var byteOffset: Int? { byteRange?.lowerBound }

    /// The object it is in; nil of the root.
    public var parent: Object? {
      number == 0 ? nil : Object(namespace: namespace, number: record.parent)
    }

    /// The objects in it, in the order in which names are first met.
    public var children: Children { Children(namespace: namespace, upcoming: record.firstChild) }

    /// The object of this name in it.
    public func child(_ name: NameSegment) -> Object? {
      namespace.names.find(name, below: number).map { Object(namespace: namespace, number: $0) }
    }

    /// What it is another name for, and itself where it is none.
    public var resolved: Object {
      Object(namespace: namespace, number: namespace.names.resolved(number))
    }
  }

  /// The objects in one object.
  public struct Children: Sequence, IteratorProtocol, Sendable {
    let namespace: Namespace
    var upcoming: UInt32

    /// The next one.
    public mutating func next() -> Object? {
      guard upcoming != TermRecord.noObject else { return nil }
      let object = Object(namespace: namespace, number: upcoming)
      upcoming = object.record.nextSibling
      return object
    }
  }
}

extension Namespace.Object: Hashable {
  /// Objects are equal when they are the same object of the same namespace.
  public static func == (left: Self, right: Self) -> Bool {
    left.number == right.number && left.namespace === right.namespace
  }

  /// Hashes the number; namespaces are rarely mixed in one set.
  public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

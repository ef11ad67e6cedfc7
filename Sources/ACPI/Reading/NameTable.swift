/// The names of all tables of a set: a tree of segments.
struct NameTable: Sendable {
  /// One object.
  struct Record: Sendable {
    var segment: NameSegment
    var parent: UInt32
    var depth: UInt16
    var type = ObjectType.unknown
    var argumentCount: UInt8 = 0
    /// The first term that declares it, or ``TermRecord/noObject``.
    var definition = TermRecord.noObject
    /// What it is another name for, or ``TermRecord/noObject``.
    var aliased = TermRecord.noObject
    var firstChild = TermRecord.noObject
    var lastChild = TermRecord.noObject
    var nextSibling = TermRecord.noObject
    /// Whether ACPI itself declares it.
    var isPredefined = false
    /// Whether an `External` announces it.
    var isExternal = false
    /// Whether it exists only while a method runs.
    var isTemporary = false
    /// Whether an `If` of a table decides on it.
    var isConditional = false
  }

  private(set) var records: [Record] = []
  private var numbers: [UInt64: UInt32] = [:]

  /// The names that ACPI itself declares.
  ///
  /// **Source:** ACPI 6.5, section 5.3.1, table 5.155, and 5.7.
  init() {
    records.append(Record(segment: NameSegment(rawValue: 0x5f5f_5f5c), parent: 0, depth: 0))
    records[0].isPredefined = true
    let objects: [(NameSegment, ObjectType, UInt8)] = [
      ("_GPE", .unknown, 0), ("_PR_", .unknown, 0), ("_SB_", .device, 0), ("_SI_", .unknown, 0),
      ("_TZ_", .unknown, 0), ("_REV", .integer, 0), ("_OS_", .string, 0), ("_GL_", .mutex, 0),
      ("_OSI", .method, 1),
    ]
    for (segment, type, count) in objects {
      let number = insert(segment, below: 0)
      records[Int(number)].type = type
      records[Int(number)].argumentCount = count
      records[Int(number)].isPredefined = true
    }
  }

  subscript(number: UInt32) -> Record {
    get { records[Int(number)] }
    set { records[Int(number)] = newValue }
  }

  /// The child of `parent` of this name.
  func find(_ segment: NameSegment, below parent: UInt32) -> UInt32? {
    numbers[UInt64(parent) << 32 | UInt64(segment.rawValue)]
  }

  /// A new child of `parent`.
  mutating func insert(_ segment: NameSegment, below parent: UInt32) -> UInt32 {
    let number = UInt32(records.count)
    records.append(
      Record(segment: segment, parent: parent, depth: records[Int(parent)].depth &+ 1))
    let last = records[Int(parent)].lastChild
    if last == TermRecord.noObject {
      records[Int(parent)].firstChild = number
    } else {
      records[Int(last)].nextSibling = number
    }
    records[Int(parent)].lastChild = number
    numbers[UInt64(parent) << 32 | UInt64(segment.rawValue)] = number
    return number
  }

  /// Takes back what was declared by terms that are given up, from the record `mark` on.
  mutating func forgetDefinitions(from mark: UInt32) {
    for index in records.indices
    where records[index].definition >= mark && records[index].definition != TermRecord.noObject {
      records[index].definition = TermRecord.noObject
    }
  }

  /// What an object is another name for, through all aliases; itself where it is none.
  func resolved(_ number: UInt32) -> UInt32 {
    var number = number
    // Aliases of aliases may form a ring.
    for _ in 0..<8 where records[Int(number)].aliased != TermRecord.noObject {
      number = records[Int(number)].aliased
    }
    return number
  }

  /// The path of an object, as ASL spells it.
  func path(of number: UInt32) -> String {
    var segments: [String] = []
    var number = number
    while number != 0 {
      segments.append(records[Int(number)].segment.text)
      number = records[Int(number)].parent
    }
    return "\\" + segments.reversed().joined(separator: ".")
  }
}

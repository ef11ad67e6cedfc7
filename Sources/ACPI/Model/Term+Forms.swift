extension Term {
  /// A package of exactly these elements.
  public static func package(_ elements: [Term]) -> Term { .package(elements, count: nil) }

  /// A buffer of exactly these bytes.
  public static func bytes(_ bytes: [UInt8]) -> Term { .buffer(size: nil, bytes: bytes) }

  /// `Alias`: another name for an object.
  public static func alias(_ source: NamePath, _ alias: NamePath) -> Term {
    .operation(.alias, [.path(source), .path(alias)])
  }

  /// `Mutex`.
  ///
  /// - Parameters:
  ///   - path: Its name.
  ///   - syncLevel: The level, 0 to 15.
  /// - Returns: The term.
  public static func mutex(_ path: NamePath, syncLevel: UInt8 = 0) -> Term {
    .operation(.mutex, [.path(path), .integer(UInt64(syncLevel))])
  }

  /// `Event`.
  public static func event(_ path: NamePath) -> Term { .operation(.event, [.path(path)]) }

  /// `Return`.
  public static func `return`(_ value: Term) -> Term { .operation(.return, [value]) }

  /// `Store`.
  public static func store(_ value: Term, into target: Term) -> Term {
    .operation(.store, [value, target])
  }

  /// `Notify`.
  public static func notify(_ path: NamePath, _ value: Term) -> Term {
    .operation(.notify, [.path(path), value])
  }

  /// `LEqual`.
  public static func equal(_ left: Term, _ right: Term) -> Term {
    .operation(.logicalEqual, [left, right])
  }

  /// `LNot`.
  public static func not(_ value: Term) -> Term { .operation(.logicalNot, [value]) }

  /// `Acquire`.
  ///
  /// - Parameters:
  ///   - mutex: The mutex.
  ///   - timeout: How long to wait, in milliseconds; 0xffff waits for ever.
  /// - Returns: The term.
  public static func acquire(_ mutex: NamePath, timeout: UInt16 = 0xffff) -> Term {
    .operation(.acquire, [.path(mutex), .integer(UInt64(timeout))])
  }

  /// `Release`.
  public static func release(_ mutex: NamePath) -> Term { .operation(.release, [.path(mutex)]) }

  /// `_DSD` with device properties, in the order given.
  ///
  /// Emits `Name (_DSD, Package () { ToUUID ("daffd814-…"), Package () { Package () { "name", value }, … } })`.
  ///
  /// - Parameters:
  ///   - properties: Names and values: integers, strings, references, or packages of those.
  ///   - subnodes: Names of sub-nodes, and the objects that have their properties.
  /// - Returns: The object `_DSD`.
  public static func deviceProperties(
    _ properties: [(name: String, value: Term)],
    subnodes: [(name: String, object: NamePath)] = []
  ) -> Term {
    var parts: [Term] = []
    if !properties.isEmpty || subnodes.isEmpty {
      parts += [
        .uuid(.deviceProperties),
        .package(properties.map { .package([.string($0.name), $0.value]) }),
      ]
    }
    if !subnodes.isEmpty {
      // The object by its name in a string: a reference in a package would be replaced by its value.
      parts += [
        .uuid(.hierarchicalData),
        .package(subnodes.map { .package([.string($0.name), .string("\($0.object)")]) }),
      ]
    }
    return .name("_DSD", .package(parts))
  }
}

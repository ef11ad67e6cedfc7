import ACPI

/// What stands in a `_DSD`: properties, and sub-nodes with properties of their own.
struct PropertySet: Hashable {
  /// A property.
  struct Entry: Hashable {
    var name: String
    var value: Term
  }

  /// A sub-node.
  struct Subnode: Hashable {
    var name: String
    /// The object that holds its properties, beside the `_DSD`.
    var object: NameSegment
    var properties: PropertySet
  }

  var entries: [Entry] = []
  var subnodes: [Subnode] = []

  var isEmpty: Bool { entries.isEmpty && subnodes.isEmpty }

  /// Sets a property, in the place of one of this name where there is one.
  mutating func set(_ name: String, _ value: Term) {
    if let index = entries.firstIndex(where: { $0.name == name }) {
      entries[index].value = value
    } else {
      entries.append(Entry(name: name, value: value))
    }
  }

  /// `_DSD` and the objects that it names; none where there is nothing.
  var terms: [Term] { isEmpty ? [] : [.name("_DSD", package)] + objects }

  /// The objects that hold the properties of sub-nodes, those of theirs included.
  private var objects: [Term] {
    subnodes.flatMap { [.name(NamePath($0.object), $0.properties.package)] + $0.properties.objects }
  }

  /// The value of `_DSD`.
  ///
  /// **Source:** UEFI Forum, _DSD Implementation Guide 1.1, sections 3.1 and 3.2.
  var package: Term {
    var parts: [Term] = []
    if !entries.isEmpty || subnodes.isEmpty {
      parts += [
        .uuid(.deviceProperties),
        .package(entries.map { .package([.string($0.name), $0.value]) }),
      ]
    }
    if !subnodes.isEmpty {
      // By name: a reference in a package would be replaced by the object's value.
      parts += [
        .uuid(.hierarchicalData),
        .package(
          subnodes.map { .package([.string($0.name), .string(NamePath($0.object).description)]) }),
      ]
    }
    return .package(parts)
  }
}

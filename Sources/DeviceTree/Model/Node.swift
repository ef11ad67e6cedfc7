/// A node of a ``Tree``: a name, properties and children, in the order in which they are written.
public struct Node: Sendable, Hashable {
  /// The name with its unit address, as in `virtio@a000000`; empty for the root.
  public var name: String
  /// The properties, in order; names are unique in a tree that can be written.
  public var properties: [Property]
  /// The children, in order.
  public var children: [Node]

  /// A node.
  public init(_ name: String, properties: [Property] = [], children: [Node] = []) {
    self.name = name
    self.properties = properties
    self.children = children
  }

  /// A node whose unit address is `address`, in hexadecimal without leading zeros.
  public init(
    _ name: String, at address: UInt64, properties: [Property] = [], children: [Node] = []
  ) {
    self.init(
      name + "@" + String(address, radix: 16), properties: properties, children: children)
  }

  /// The value of the property `name`.
  ///
  /// Setting replaces the value in place, appends a new property, or with nil removes it.
  public subscript(name: String) -> PropertyValue? {
    get { properties.first { $0.name == name }?.value }
    set {
      let position = properties.firstIndex { $0.name == name }
      switch (position, newValue) {
      case (let position?, let value?): properties[position].value = value
      case (let position?, nil): properties.remove(at: position)
      case (nil, let value?): properties.append(Property(name, value))
      case (nil, nil): break
      }
    }
  }
}

/// A property of a ``Node``.
public struct Property: Sendable, Hashable {
  /// The name: letters, digits and `,._+*#?-`.
  ///
  /// The specification permits 31 characters; more are written, because bindings in use exceed it.
  public var name: String
  /// The value.
  public var value: PropertyValue

  /// A property.
  public init(_ name: String, _ value: PropertyValue) {
    self.name = name
    self.value = value
  }
}

/// A noun of the language: something that a machine has.
public protocol Component: Declared {
  /// The component as the model keeps it.
  var element: Element { get }
}

extension Component {
  /// The same component, for the secure world alone: the guest's kernel leaves it alone.
  ///
  /// Adds `status = "disabled"; secure-status = "okay";`.
  ///
  /// **Source:** kernel binding `arm/secure.txt`.
  public func secureOnly() -> Self {
    var copy = self
    copy.declaration.additions += [
      .property(Property("status", .strings(["disabled"]))),
      .property(Property("secure-status", .strings(["okay"]))),
    ]
    return copy
  }
}

/// A component that other parts of a description can refer to.
public protocol Referable: Component {
  /// The unit address by which it is told from its like; nil where the machine decides.
  var referenceAddress: GuestAddress? { get }
}

/// A reference to a component: a phandle or a path, once the tree is laid out.
public struct Reference: Sendable, Hashable, Codable {
  /// The noun, as the model spells it: `pl011`; ``labelNoun`` for whatever has the label ``name``.
  public var noun: String
  /// The address that tells it from its like.
  public var at: GuestAddress?
  /// Its name, for regions and labels.
  public var name: String?
  /// Where it was declared.
  public var declared: SourceLocation?

  /// What stands for a noun where the reference is to a label.
  public static let labelNoun = "label"

  /// A reference to the node that is labelled `label`.
  public init(to label: Label) {
    noun = Self.labelNoun
    at = nil
    name = label.name
    declared = label.location
  }

  /// A reference to `component`.
  public init(to component: some Referable) {
    noun = component.element.noun
    at = component.referenceAddress
    name = nil
    declared = component.declaration.location
  }

  /// A reference to a region of reserved memory.
  public init(to region: some MemoryRegion) {
    let element = region.element
    noun = element.noun
    at = nil
    name = region.name
    declared = region.declaration.location
    // Machines differ in the line of their role, and mean one share.
    if case .sharedMemory(let role) = element { declared = role.share.declaration.location }
  }
}

/// Something that is written in a description: a component, or a function of a PCI device.
public protocol Declared: Sendable {
  /// Where it was written, what is accepted about it and what was added to it.
  var declaration: Declaration { get set }
}

extension Declared {
  /// The same thing, with findings of one rule about it accepted.
  ///
  /// The finding is still reported, as allowed and with the reason.
  ///
  /// - Parameters:
  ///   - rule: The id of the rule, as in `dma/mixed-confinement`.
  ///   - reason: Why: a sentence for whoever reads the report.
  /// - Returns: A copy.
  public func allowing(_ rule: String, because reason: String) -> Self {
    var copy = self
    copy.declaration.allowances.append(Allowance(rule: rule, reason: reason))
    return copy
  }

  /// The same thing, labelled: others can refer to the node that it becomes as `label`.
  public func labelled(_ label: Label) -> Self {
    var copy = self
    copy.declaration.label = label
    return copy
  }

  /// The same thing, whose node is called `name` instead of what such nodes are usually called.
  ///
  /// VMMs have names of their own, and some firmware looks for them: QEMU's `pl011@9000000` is
  /// `PL011(…).named("pl011")`.
  ///
  /// - Parameter name: The name, without the unit address.
  /// - Returns: A copy of the component.
  public func named(_ name: String) -> Self {
    var copy = self
    copy.declaration.name = name
    return copy
  }

  /// The same thing, without some of the properties that its node usually has.
  ///
  /// - Parameter properties: The names of the properties; each has to be one that it writes.
  /// - Returns: A copy of the component.
  public func omitting(_ properties: String...) -> Self {
    var copy = self
    copy.declaration.omissions = (declaration.omissions ?? []) + properties
    return copy
  }

  /// The same thing, with raw properties and nodes added to the node that it becomes.
  ///
  /// A property that it writes by itself is replaced by one of the same name.
  public func adding(@NodeBuilder _ content: () -> [NodeContent]) -> Self {
    var copy = self
    copy.declaration.additions += content()
    return copy
  }
}

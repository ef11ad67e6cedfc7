/// Collects the components of a ``VirtualMachine`` or of a ``Bus``.
@resultBuilder
public enum ComponentBuilder: ListBuilder {
  /// What the list holds.
  public typealias Item = Element

  /// One component.
  ///
  /// An existential, because a generic parameter for each line of a long block costs the type checker
  /// more.
  public static func buildExpression(_ component: any Component) -> [Element] {
    [component.element]
  }

  /// Components of one kind that were made elsewhere.
  public static func buildExpression(_ components: [some Component]) -> [Element] {
    components.map(\.element)
  }

  /// Says what belongs here.
  @available(
    *, unavailable, message: "a VirtualMachine belongs in the braces of a Platform, beside this one"
  )
  public static func buildExpression(_ machine: VirtualMachine) -> [Element] { [] }

  /// Says what belongs here.
  @available(
    *, unavailable,
    message: "a Property belongs in the braces of a Node, or behind a component in '.adding { … }'"
  )
  public static func buildExpression(_ property: Property) -> [Element] { [] }

  /// Says what belongs here.
  @available(
    *, unavailable, message: "an ITS belongs in the braces of a GICv3: GICv3(…) { ITS(at: …) }"
  )
  public static func buildExpression(_ its: ITS) -> [Element] { [] }

  /// Says what belongs here.
  @available(
    *, unavailable, message: "a GICv2M belongs in the braces of a GICv2: GICv2(…) { GICv2M(at: …) }"
  )
  public static func buildExpression(_ frame: GICv2M) -> [Element] { [] }

  /// Says what belongs here.
  @available(
    *, unavailable, message: "a GPIOKey belongs in the braces of GPIOKeys: GPIOKeys { GPIOKey(…) }"
  )
  public static func buildExpression(_ key: GPIOKey) -> [Element] { [] }

  /// Says what belongs here.
  @available(
    *, unavailable, message: "a Window belongs in the braces of a PCIHostBridge"
  )
  public static func buildExpression(_ window: Window) -> [Element] { [] }

  /// Says what belongs here.
  @available(
    *, unavailable, message: "a function of PCI belongs in the braces of a PCIHostBridge"
  )
  public static func buildExpression(_ function: some OnPCIBus) -> [Element] { [] }

  /// Says what belongs here.
  @available(
    *, unavailable, message: "only components (Memory, CPUs, VirtioMMIO, …) belong in these braces"
  )
  public static func buildExpression<Other>(_ other: Other) -> [Element] { [] }
}

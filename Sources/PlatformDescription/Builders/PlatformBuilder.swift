/// Collects the machines of a ``Platform``.
@resultBuilder
public enum PlatformBuilder: ListBuilder {
  /// What the list holds.
  public typealias Item = VirtualMachine

  /// One machine.
  public static func buildExpression(_ machine: VirtualMachine) -> [VirtualMachine] { [machine] }

  /// Says what belongs here.
  @available(
    *, unavailable,
    message:
      "shared memory is declared outside of the Platform, and each machine that has it says its role: '.asReserved(.noMap)'"
  )
  public static func buildExpression(_ share: SharedMemory) -> [VirtualMachine] { [] }

  /// Says what belongs here.
  @available(
    *, unavailable,
    message: "a component belongs in the braces of a VirtualMachine, not directly in the Platform's"
  )
  public static func buildExpression(_ component: some Component) -> [VirtualMachine] { [] }
}

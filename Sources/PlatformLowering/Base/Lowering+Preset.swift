public import PlatformDescription

extension Lowering {
  /// What the preset of `machine` alone becomes, without anything that the author put into its braces.
  ///
  /// - Parameter machine: A machine described `on:` a preset.
  /// - Returns: The tree, or nil for a machine that is written out, and for a preset that can't be laid
  ///   out.
  public static func preset(of machine: VirtualMachine) -> LoweredMachine? {
    guard machine.machine != nil else { return nil }
    var bare = machine
    bare.elements = []
    bare.compatible = nil
    bare.declaration = Declaration(machine.declaration.location)
    var lowering = MachineLowering(bare)
    let lowered = lowering.lower()
    return lowering.mistakes.isEmpty ? lowered : nil
  }
}

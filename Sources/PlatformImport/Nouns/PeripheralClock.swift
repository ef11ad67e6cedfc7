import PlatformDescription

/// The clock that the lowering makes for peripherals of Arm's that insist on one: nobody writes it.
enum PeripheralClockRecogniser: NounRecogniser {
  static let noun = "peripheral clock"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isNamed("clock-24000000"), node.isCompatible("fixed-clock") else {
      return nil
    }
    return Proposal(elements: [], .device)
  }
}

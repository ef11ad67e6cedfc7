import PlatformDescription

/// The clock of the day that Android's emulator and QEMU's RISC-V machine have.
enum GoldfishRTCRecogniser: NounRecogniser {
  static let noun = "GoldfishRTC"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isCompatible("google,goldfish-rtc"), let range = node.range,
      let interrupt = node.interrupt
    else { return nil }
    var clock = GoldfishRTC(at: range.at, interrupt: interrupt)
    clock.declaration = node.declaration
    return Proposal(value: clock, .device)
  }
}

extension GoldfishRTC: SourceNoun {
  func call(_ text: NounText) -> Call {
    Call(
      "GoldfishRTC",
      [Argument("at", text.address(at)), Argument("interrupt", text.interrupt(interrupt))])
  }
}

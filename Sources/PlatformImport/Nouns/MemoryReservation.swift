import PlatformDescription

extension MemoryReservation: SourceNoun {
  func call(_ text: NounText) -> Call {
    Call(
      "MemoryReservation", [Argument("at", text.address(at)), Argument("size", text.size(size))])
  }
}

/// Every noun that a tree is searched for.
enum NounCatalogue {
  /// In the order in which they are tried; a node is what the first takes it for.
  static let all: [any NounRecogniser.Type] =
    controllers + [
      AliasesRecogniser.self,
      ArchTimerRecogniser.self,
      BusRecogniser.self,
      CPUsRecogniser.self,
      ChosenRecogniser.self,
      MemoryRecogniser.self,
      PL011Recogniser.self,
      PSCIRecogniser.self,
      PeripheralClockRecogniser.self,
      ReservedMemoryRecogniser.self,
      VirtioMMIORecogniser.self,
    ]

  /// Those that interrupts may go to.
  static let controllers: [any NounRecogniser.Type] = [
    GICv2Recogniser.self,
    GICv3Recogniser.self,
  ]
}

/// Every noun that a tree is searched for.
enum NounCatalogue {
  /// In the order in which they are tried; a node is what the first takes it for.
  static let all: [any NounRecogniser.Type] =
    controllers + [
      AliasesRecogniser.self,
      ArchTimerRecogniser.self,
      BusRecogniser.self,
      CLINTRecogniser.self,
      CPUsRecogniser.self,
      ImpliedChosenRecogniser.self,
      ChosenRecogniser.self,
      PeripheralClockRecogniser.self,
      FixedClockRecogniser.self,
      FlashRecogniser.self,
      FwCfgRecogniser.self,
      GPIOKeysRecogniser.self,
      GPIOPoweroffRecogniser.self,
      GPIORestartRecogniser.self,
      GoldfishRTCRecogniser.self,
      IMSICRecogniser.self,
      MachinePCIHostRecogniser.self,
      MachineSMMUv3Recogniser.self,
      MemoryRecogniser.self,
      NS16550Recogniser.self,
      PCIHostBridgeRecogniser.self,
      PL011Recogniser.self,
      PL031Recogniser.self,
      PL061Recogniser.self,
      PSCIRecogniser.self,
      ReservedMemoryRecogniser.self,
      SMMUv3Recogniser.self,
      SiFiveTestRecogniser.self,
      SysconPoweroffRecogniser.self,
      SysconRebootRecogniser.self,
      VirtioMMIORecogniser.self,
    ]

  /// Those that interrupts may go to.
  static let controllers: [any NounRecogniser.Type] = [
    APLICRecogniser.self,
    GICv2Recogniser.self,
    GICv3Recogniser.self,
    PLICRecogniser.self,
  ]
}

import PlatformDescription

extension Element {
  /// Whether this part of a VMM's machine is one that `stated` describes: a device of the same kind at
  /// the same place.
  ///
  /// Processors, memory and interrupt controllers are no such parts. What else the machine has is built
  /// on them, so a second one is a mistake.
  func isSameDevice(as stated: Element) -> Bool {
    switch (self, stated) {
    // There is one of each.
    case (.gpioKeys, .gpioKeys), (.sysconPoweroff, .sysconPoweroff), (.sysconReboot, .sysconReboot):
      true
    case (.fixedClock(let mine), .fixedClock(let other)): mine.name == other.name
    case (.pl011, .pl011), (.ns16550, .ns16550), (.pl031, .pl031), (.pl030, .pl030),
      (.goldfishRTC, .goldfishRTC), (.mc146818, .mc146818), (.pl061, .pl061),
      (.sifiveTest, .sifiveTest), (.fwCfg, .fwCfg), (.flash, .flash),
      (.vcpuStallDetector, .vcpuStallDetector):
      placedAt != nil && placedAt == stated.placedAt
    default: false
    }
  }

  /// Where it is, by what tells it from its like.
  private var placedAt: GuestAddress? { (component as? any Referable)?.referenceAddress }
}

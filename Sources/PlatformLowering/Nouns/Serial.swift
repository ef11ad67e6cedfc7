import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func node(for noun: PL011) -> DraftNode {
    let location = noun.declaration.location
    var node = device(
      names.serial, ["arm,pl011", "arm,primecell"], at: noun.at, size: .kib(4), for: noun)
    setInterrupts([noun.interrupt], of: &node, at: location)
    let clock = peripheralClock()
    node.set("clocks", .cells([.phandle(clock), .phandle(clock)]))
    node.set("clock-names", .strings(["uartclk", "apb_pclk"]))
    finish(&node)
    offerConsole(noun)
    return node
  }

  mutating func node(for noun: NS16550) -> DraftNode {
    var node = device(
      names.ns16550, ["ns16550a"], at: noun.at, size: noun.size, for: noun)
    setInterrupts([noun.interrupt], of: &node, at: noun.declaration.location)
    set("clock-frequency", number: noun.clockFrequency, in: 1...Int(UInt32.max), of: &node)
    if let clock = noun.clock { node.set("clocks", .cells([.phandle(Target(clock))])) }
    set("current-speed", number: noun.currentSpeed, in: 1...Int(UInt32.max), of: &node)
    set("reg-shift", number: noun.regShift, in: 0...3, of: &node)
    set("reg-io-width", number: noun.regIOWidth, of: [1, 2, 4], node: &node)
    finish(&node)
    offerConsole(noun)
    return node
  }

  /// Makes `noun` the console of `/chosen`, where none is: the first port that the guest may use.
  private mutating func offerConsole(_ noun: some Referable) {
    let isDisabled = noun.declaration.additions.contains {
      guard case .property(let property) = $0, property.name == "status" else { return false }
      return property.value != .strings(["okay"])
    }
    if firstSerial == nil, !isDisabled { firstSerial = Target(noun) }
  }
}

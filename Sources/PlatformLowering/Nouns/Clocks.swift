import DeviceTree
import PlatformDescription

/// Clocks that count, and clocks of the day.
extension MachineLowering {
  mutating func node(for noun: FixedClock) -> DraftNode? {
    guard Spelling.isNodeName(noun.name) else {
      mistake(
        "description/invalid-name", "'\(noun.name)' can't name a node",
        at: noun.declaration.location, help: Spelling.nodeNameHelp)
      return nil
    }
    var node = DraftNode(noun.name, declaration: noun.declaration, target: Target(noun))
    node.set("compatible", .string("fixed-clock"))
    node.set("#clock-cells", .u32(0))
    set("clock-frequency", number: noun.frequency, in: 1...Int(UInt32.max), of: &node)
    if let name = noun.outputName { node.set("clock-output-names", .string(name)) }
    finish(&node)
    return node
  }

  mutating func node(for noun: PL031) -> DraftNode {
    var node = primecell(
      names.rtc, ["arm,pl031", "arm,primecell"], at: noun.at, interrupt: noun.interrupt, for: noun)
    finish(&node)
    return node
  }

  mutating func node(for noun: PL030) -> DraftNode {
    var node = device("rtc", ["arm,primecell"], at: noun.at, size: .kib(4), for: noun)
    // What the identification registers of a PL030 would say: Linux drivers/rtc/rtc-pl030.c, pl030_ids.
    node.set("arm,primecell-periphid", .u32(0x0004_1030))
    setInterrupts([noun.interrupt], of: &node, at: noun.declaration.location)
    node.set("clocks", .cells([.phandle(noun.clock.map { Target($0) } ?? peripheralClock())]))
    node.set("clock-names", .string("apb_pclk"))
    finish(&node)
    return node
  }

  mutating func node(for noun: GoldfishRTC) -> DraftNode {
    var node = device("rtc", ["google,goldfish-rtc"], at: noun.at, size: .kib(4), for: noun)
    setInterrupts([noun.interrupt], of: &node, at: noun.declaration.location)
    finish(&node)
    return node
  }

  mutating func node(for noun: MC146818) -> DraftNode {
    var node = device("rtc", ["motorola,mc146818"], at: noun.at, size: .bytes(2), for: noun)
    finish(&node)
    return node
  }
}

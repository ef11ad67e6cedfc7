import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func node(for noun: PL061) -> DraftNode {
    var node = primecell(
      names.gpio, ["arm,pl061", "arm,primecell"], at: noun.at, interrupt: noun.interrupt,
      for: noun)
    node.set("gpio-controller", .empty)
    node.set("#gpio-cells", .u32(2))
    finish(&node)
    return node
  }

  mutating func node(for noun: GPIOKeys) -> DraftNode {
    var node = DraftNode("gpio-keys", declaration: noun.declaration)
    node.set("compatible", .string("gpio-keys"))
    for key in noun.keys {
      guard Spelling.isNodeName(key.name) else {
        mistake(
          "description/invalid-name", "'\(key.name)' can't name a node",
          at: key.declaration.location, help: Spelling.nodeNameHelp)
        continue
      }
      var child = DraftNode(key.name, declaration: key.declaration)
      set("gpios", key.gpio, of: &child)
      // KEY_MAX: kernel header dt-bindings/input/linux-event-codes.h.
      set("linux,code", number: key.code, in: 0...0x2ff, of: &child)
      if let label = key.label { child.set("label", .string(label)) }
      finish(&child)
      node.children.append(child)
    }
    finish(&node)
    return node
  }

  mutating func node(for noun: GPIOPoweroff) -> DraftNode {
    powerLine("gpio-poweroff", noun.gpio, noun.declaration)
  }

  mutating func node(for noun: GPIORestart) -> DraftNode {
    powerLine("gpio-restart", noun.gpio, noun.declaration)
  }

  private mutating func powerLine(
    _ name: String, _ line: GPIOLine, _ declaration: Declaration
  ) -> DraftNode {
    var node = DraftNode(name, declaration: declaration)
    node.set("compatible", .string(name))
    set("gpios", line, of: &node)
    finish(&node)
    return node
  }

  private mutating func set(_ name: String, _ line: GPIOLine, of node: inout DraftNode) {
    // A PL061 has eight; other controllers are nobody's nouns yet, and say for themselves.
    let most = line.controller.noun == "pl061" ? 7 : Int(UInt32.max)
    guard (0...most).contains(line.number), let number = UInt32(exactly: line.number) else {
      mistake(
        "description/number-out-of-range",
        "there is no line \(line.number): 0 to \(most)", at: node.declaration?.location)
      return
    }
    node.set(
      name,
      .cells([
        .phandle(Target(line.controller)), .number(number), .number(line.activeLow ? 1 : 0),
      ]))
  }
}

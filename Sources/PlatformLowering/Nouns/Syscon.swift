import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func node(for noun: SiFiveTest) -> DraftNode {
    var node = device(
      "test", ["sifive,test1", "sifive,test0", "syscon"], at: noun.at, size: .kib(4), for: noun)
    finish(&node)
    return node
  }

  mutating func node(for noun: SysconPoweroff) -> DraftNode {
    register("poweroff", noun.regmap, noun.offset, noun.value, noun.declaration)
  }

  mutating func node(for noun: SysconReboot) -> DraftNode {
    register("reboot", noun.regmap, noun.offset, noun.value, noun.declaration)
  }

  private mutating func register(
    _ name: String, _ regmap: Reference, _ offset: Int, _ value: Int, _ declaration: Declaration
  ) -> DraftNode {
    var node = DraftNode(name, declaration: declaration)
    node.set("compatible", .string("syscon-" + name))
    node.set("regmap", .cells([.phandle(Target(regmap))]))
    set("offset", number: offset, of: &node)
    set("value", number: value, of: &node)
    finish(&node)
    return node
  }
}

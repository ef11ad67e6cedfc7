import PlatformDescription

/// SiFive's test device, through which QEMU's RISC-V machine is switched off.
enum SiFiveTestRecogniser: NounRecogniser {
  static let noun = "SiFiveTest"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isCompatible("sifive,test1"), let range = node.range else { return nil }
    var test = SiFiveTest(at: range.at)
    test.declaration = node.declaration
    return Proposal(value: test, .device)
  }
}

extension SiFiveTest: SourceNoun {
  func call(_ text: NounText) -> Call { Call("SiFiveTest", [Argument("at", text.address(at))]) }
}

/// A register that switches the machine off.
enum SysconPoweroffRecogniser: NounRecogniser {
  static let noun = "SysconPoweroff"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isCompatible("syscon-poweroff"),
      let regmap = node.valueReference("regmap", noun: "sifiveTest"),
      let offset = node.number("offset"), let value = node.number("value")
    else { return nil }
    var noun = SysconPoweroff(regmap: SiFiveTest(at: 0), offset: offset, value: value)
    noun.regmap = regmap
    noun.declaration = node.declaration
    return Proposal(noun, .device)
  }
}

extension SysconPoweroff: SourceNoun {
  var references: [Reference] { [regmap] }

  func call(_ text: NounText) -> Call {
    Call(
      "SysconPoweroff",
      [Argument("regmap", text.name(regmap))]
        + text.register(offset: offset, value: value, usually: 0x5555))
  }
}

/// A register that starts the machine anew.
enum SysconRebootRecogniser: NounRecogniser {
  static let noun = "SysconReboot"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isCompatible("syscon-reboot"),
      let regmap = node.valueReference("regmap", noun: "sifiveTest"),
      let offset = node.number("offset"), let value = node.number("value")
    else { return nil }
    var noun = SysconReboot(regmap: SiFiveTest(at: 0), offset: offset, value: value)
    noun.regmap = regmap
    noun.declaration = node.declaration
    return Proposal(noun, .device)
  }
}

extension SysconReboot: SourceNoun {
  var references: [Reference] { [regmap] }

  func call(_ text: NounText) -> Call {
    Call(
      "SysconReboot",
      [Argument("regmap", text.name(regmap))]
        + text.register(offset: offset, value: value, usually: 0x7777))
  }
}

extension NounText {
  fileprivate func register(offset: Int, value: Int, usually: Int) -> [Argument] {
    var arguments: [Argument] = []
    if offset != 0 { arguments.append(Argument("offset", hex(offset))) }
    if value != usually { arguments.append(Argument("value", hex(value))) }
    return arguments
  }
}

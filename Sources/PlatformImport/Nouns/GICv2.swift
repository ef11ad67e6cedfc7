import PlatformDescription

/// An interrupt controller of version 2, with its frames for MSIs.
enum GICv2Recogniser: NounRecogniser {
  static let noun = "GICv2"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel,
      node.isCompatible("arm,cortex-a15-gic") || node.isCompatible("arm,gic-400"),
      let ranges = node.ranges(), ranges.count == 2 || ranges.count == 4
    else { return nil }
    var gic = GICv2(
      distributor: ranges[0].at, cpuInterface: ranges[1].at, cpuInterfaceSize: ranges[1].size)
    if ranges[0].size != .kib(64) { gic.distributorSize = ranges[0].size }
    if ranges.count == 4 {
      gic.virtualInterface = .init(control: ranges[2], cpuInterface: ranges[3])
    }
    gic.maintenanceInterrupt = node.ownInterrupt
    gic.declaration = node.declaration
    for child in node.children where child.isCompatible("arm,gic-v2m-frame") {
      guard let range = child.range, range.size == .kib(4) else { continue }
      var frame = GICv2M(at: range.at)
      frame.declaration = child.declaration
      gic.frames.append(frame)
    }
    return Proposal(gic, .interruptController)
  }
}

extension GICv2: SourceNoun {
  var parts: [any SourceNoun & Declared] { frames }

  func call(_ text: NounText) -> Call {
    var arguments = [Argument("distributor", text.address(distributor))]
    if let distributorSize {
      arguments.append(Argument("distributorSize", text.size(distributorSize)))
    }
    arguments.append(Argument("cpuInterface", text.address(cpuInterface)))
    if cpuInterfaceSize != .kib(8) {
      arguments.append(Argument("cpuInterfaceSize", text.size(cpuInterfaceSize)))
    }
    if let virtualInterface {
      let windows = [virtualInterface.control, virtualInterface.cpuInterface].map {
        "AddressRange(at: \(text.address($0.at)), size: \(text.size($0.size)))"
      }
      arguments.append(
        Argument("virtualInterface", ".init(control: \(windows[0]), cpuInterface: \(windows[1]))"))
    }
    if let maintenanceInterrupt {
      arguments.append(Argument("maintenanceInterrupt", text.interrupt(maintenanceInterrupt)))
    }
    return Call("GICv2", arguments)
  }
}

extension GICv2M: SourceNoun {
  func call(_ text: NounText) -> Call { Call("GICv2M", [Argument("at", text.address(at))]) }
}

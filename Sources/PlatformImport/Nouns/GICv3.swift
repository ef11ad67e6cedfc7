import PlatformDescription

/// An interrupt controller of version 3, with its interrupt translation services.
enum GICv3Recogniser: NounRecogniser {
  static let noun = "GICv3"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isCompatible("arm,gic-v3"), let ranges = node.ranges(),
      ranges.count > 1, node.number("#redistributor-regions") == ranges.count - 1
    else { return nil }
    var gic = GICv3(
      distributor: ranges[0].at, redistributors: ranges[1].at, redistributorsSize: ranges[1].size)
    if ranges[1].size == .kib(128) * node.recognition.processorCount {
      gic.redistributorsSize = nil
    }
    if ranges.count > 2 { gic.furtherRedistributors = Array(ranges.dropFirst(2)) }
    gic.maintenanceInterrupt = node.ownInterrupt
    gic.declaration = node.declaration
    for child in node.children where child.isCompatible("arm,gic-v3-its") {
      guard let range = child.range, range.size == .kib(128) else { continue }
      var its = ITS(at: range.at)
      its.declaration = child.declaration
      gic.its.append(its)
    }
    return Proposal(gic, .interruptController)
  }
}

extension GICv3: SourceNoun {
  var parts: [any SourceNoun & Declared] { its }

  func call(_ text: NounText) -> Call {
    var arguments = [
      Argument("distributor", text.address(distributor)),
      Argument("redistributors", text.address(redistributors)),
    ]
    if let redistributorsSize {
      arguments.append(Argument("redistributorsSize", text.size(redistributorsSize)))
    }
    if let furtherRedistributors {
      arguments.append(Argument("furtherRedistributors", text.ranges(furtherRedistributors)))
    }
    if let maintenanceInterrupt {
      arguments.append(Argument("maintenanceInterrupt", text.interrupt(maintenanceInterrupt)))
    }
    return Call("GICv3", arguments)
  }
}

extension ITS: SourceNoun {
  func call(_ text: NounText) -> Call { Call("ITS", [Argument("at", text.address(at))]) }
}

import PlatformDescription

/// A window for a virtio device; which device is behind it, no tree says.
enum VirtioMMIORecogniser: NounRecogniser {
  static let noun = "VirtioMMIO"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isCompatible("virtio,mmio"), let range = node.range, let interrupt = node.interrupt
    else { return nil }
    var device = VirtioMMIO(.unspecified, at: range.at, interrupt: interrupt)
    device.dmaCoherent =
      node.recognition.architecture == .arm64
      ? node.has("dma-coherent") : !node.has("dma-noncoherent")
    if let regions = node.regions("memory-region") {
      device.memoryRegion = regions
      let names = node.strings("memory-region-names") ?? []
      if names.count == regions.count { device.memoryRegionNames = names }
    }
    device.declaration = node.declaration
    return Proposal(value: device, .device)
  }
}

extension VirtioMMIO: SourceNoun {
  var references: [Reference] { memoryRegion }

  func call(_ text: NounText) -> Call {
    var arguments = [Argument(".unspecified")]
    if let at, let interrupt {
      arguments.append(Argument("at", text.address(at)))
      arguments.append(Argument("interrupt", text.interrupt(interrupt)))
    }
    if memoryRegion.count == 1, memoryRegionNames.isEmpty {
      arguments.append(Argument("memoryRegion", text.name(memoryRegion[0])))
    }
    var call = Call("VirtioMMIO", arguments)
    if memoryRegion.count > 1 || !memoryRegionNames.isEmpty {
      call.modifiers.append(text.memoryRegion(memoryRegion, names: memoryRegionNames))
    }
    if !dmaCoherent { call.modifiers.append(Call("nonCoherent")) }
    return call
  }
}

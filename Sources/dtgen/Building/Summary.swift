import DeviceTree
import Diagnostics
import GuestView
import PlatformLowering

/// What `dtgen build` shows of one machine: what was written, who has which memory, and which
/// device may DMA where.
struct Summary {
  private let machine: JudgedMachine
  private let style: TextStyle
  /// The windows for virtio devices that the base has, and the description has nothing for.
  private let idleWindows: Set<String>

  init(_ machine: JudgedMachine, style: TextStyle) {
    self.machine = machine
    self.style = style
    idleWindows = machine.base.map { Self.idleWindows(of: machine.view, on: $0) } ?? []
  }

  /// The text, ending in a line break.
  func text(written: [(path: String, size: Int)]) -> String {
    var lines = [heading, ""]
    if !written.isEmpty {
      let width = written.map(\.path.count).max() ?? 0
      for file in written {
        lines.append(
          "  wrote  \(file.path.padded(to: width))  \(style.dim("\(file.size) bytes"))")
      }
      lines.append("")
    }
    if let base = machine.base { lines += section("base", Self.lines(of: base)) }
    if let overlay = machine.overlay { lines += section("overlay", Self.lines(of: overlay)) }
    lines += section("memory map", memoryMap)
    lines += section("computed pools", Self.lines(of: machine.lowered.pools, style: style))
    lines += section("confidential guest", machine.lowered.confidentiality?.lines ?? [])
    let table = DMATable(machine.view, lowered: machine.lowered, without: idleWindows)
    var dma = table.lines(style: style)
    if !idleWindows.isEmpty {
      dma.append(
        style.dim("\(idleWindows.count) windows of the base, for which no device is described"))
    }
    lines += section("DMA", dma)
    return lines.joined(separator: "\n") + "\n"
  }

  private var heading: String {
    let cpus = machine.processorCount
    let memory = machine.view.memorySet.ranges.reduce(UInt128(0)) { $0 + $1.size }
    let parts = [
      "\(cpus) \(cpus == 1 ? "processor" : "processors")", "\(ByteText.size(memory)) of memory",
    ]
    return style.bold(machine.lowered.name) + "  " + style.dim(parts.joined(separator: ", "))
  }

  private func section(_ title: String, _ rows: [String]) -> [String] {
    rows.isEmpty ? [] : ["  " + style.bold(title)] + rows.map { "    " + $0 } + [""]
  }

  /// The claims by address; what lies inside memory is indented below it.
  private var memoryMap: [String] {
    let claims = machine.view.addressMap.claims
    var rows: [(indent: Bool, range: String, size: String, owner: String)] = []
    var memory: [Claim] = []
    for run in Self.runs(claims, of: idleWindows) {
      guard run.count == 1, let claim = run.first else {
        rows.append((false, Self.extent(of: run), Self.size(of: run), Self.remark(on: run)))
        continue
      }
      let inside = memory.contains { $0.range.contains(claim.range) }
      if claim.kind == .memory { memory.append(claim) }
      rows.append(
        (
          inside, Self.text(claim.range.first, claim.range.last), ByteText.size(claim.range.size),
          claim.owner.safeForTerminal + Self.remark(on: claim, in: machine.view)
        ))
    }
    for region in machine.view.reservedMemory?.regions ?? [] {
      guard let dynamic = region.dynamic else { continue }
      rows.append(
        (
          true, "placed at boot", ByteText.size(dynamic.size),
          region.node.name.safeForTerminal + Self.remark(region.kind)
        ))
    }
    let rangeWidth = rows.map { $0.range.count + ($0.indent ? 2 : 0) }.max() ?? 0
    let sizeWidth = rows.map(\.size.count).max() ?? 0
    return rows.map { row in
      let range = ((row.indent ? "  " : "") + row.range).padded(to: rangeWidth)
      let size = String(repeating: " ", count: sizeWidth - row.size.count) + row.size
      return "\(range)  \(style.dim(size))  \(row.owner)"
    }
  }

  static func text(_ first: UInt64, _ last: UInt64) -> String {
    "\(padded(first))..\(padded(last))"
  }

  /// At least eight digits, so that addresses of one machine stand in columns.
  private static func padded(_ address: UInt64) -> String {
    let digits = String(address, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }

  private static func remark(on claim: Claim, in view: GuestView) -> String {
    switch claim.kind {
    case .reservedRegion:
      claim.node.flatMap { view.reservedMemory?.region(of: $0) }.map { remark($0.kind) } ?? ""
    case .memory: ", RAM"
    case .pciWindow: isPorts(claim, in: view) ? ", PCI I/O ports" : ", PCI memory"
    case .deviceWindow where view.pciHosts.contains { $0.node == claim.node }:
      ", PCI configuration space"
    default: ""
    }
  }

  private static func isPorts(_ claim: Claim, in view: GuestView) -> Bool {
    guard let host = view.pciHosts.first(where: { $0.node == claim.node }) else { return false }
    return host.windows.contains { $0.cells == claim.cells && $0.space == .ports }
  }

  private static func remark(_ kind: ReservedRegion.Kind) -> String {
    switch kind {
    case .restrictedPool: ", restricted DMA pool"
    case .coherentPool: ", shared DMA pool"
    case .contiguous: ", contiguous memory"
    case .plain: ", reserved"
    }
  }
}

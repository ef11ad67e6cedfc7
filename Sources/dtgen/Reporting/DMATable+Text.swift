import DeviceTree
import Diagnostics
import GuestView
import PlatformDescription

extension DMATable {
  /// The table for a person: a line for each device, in columns.
  func lines(style: TextStyle) -> [String] {
    let names = rows.map(\.name.safeForTerminal)
    let types = rows.map(\.type.safeForTerminal)
    let nameWidth = names.map(\.count).max() ?? 0
    let typeWidth = types.map(\.count).max() ?? 0
    return rows.indices.map { index in
      let name = names[index].padded(to: nameWidth)
      let type = types[index].padded(to: typeWidth)
      return "\(name)  \(type)  \(Self.text(rows[index], style))"
    }
  }

  /// The table and a line that counts, as `dtgen lint --explain-dma` prints them for `file`.
  func text(file: String, style: TextStyle) -> String {
    let heading = style.bold(file == "-" ? "standard input" : file.safeForTerminal)
    guard !rows.isEmpty else { return heading + ": no device does DMA\n" }
    let body = lines(style: style).map { "  \($0)\n" }.joined()
    return heading + "\n" + body + "  " + sum(style) + "\n"
  }

  private func sum(_ style: TextStyle) -> String {
    var parts: [String] = []
    if counts.confined > 0 { parts.append(style.good("\(counts.confined) confined")) }
    if counts.open > 0 {
      parts.append(style.colour("\(counts.open) may reach all memory", for: .warning))
    }
    if counts.absent > 0 {
      let verb = counts.absent == 1 ? "does" : "do"
      parts.append(style.colour("\(counts.absent) \(verb) not come up", for: .error))
    }
    return parts.joined(separator: ", ")
  }

  private static func text(_ row: Row, _ style: TextStyle) -> String {
    switch row.outcome {
    case .restrictedPool(let region):
      return style.good("into \(region.node.name.safeForTerminal) alone") + condition(row, style)
    case .iommu(let node):
      let endpoint = row.endpoint.map { " as 0x" + String($0, radix: 16) } ?? ""
      return style.good("where \(node.name.safeForTerminal) lets it\(endpoint)")
        + condition(row, style)
    case .allMemory(because: .notConfined) where row.isBounced:
      return style.good("through Linux's default pool")
        + style.dim(", if the VMM offers VIRTIO_F_ACCESS_PLATFORM")
    case .allMemory(let reason):
      return style.colour("into all memory: \(reason.description)", for: .warning)
    case .absent(let reason):
      return style.colour("none, it does not come up: \(reason.description)", for: .error)
    }
  }
}

extension DMATable {
  /// On what the confinement depends.
  private static func condition(_ row: Row, _ style: TextStyle) -> String {
    guard row.needsAccessPlatform else { return "" }
    let whose = row.kind == .pciHost ? ", virtio devices" : ","
    return style.dim("\(whose) if the VMM offers VIRTIO_F_ACCESS_PLATFORM")
  }
}

extension DMATable.Row {
  /// Whether the confinement stands only if the device offers VIRTIO_F_ACCESS_PLATFORM.
  ///
  /// Nobody has shown then that it does: a description asks for the bit, and a tree can't even do that.
  /// Functions of PCI that nobody tells of may be virtio devices too.
  var needsAccessPlatform: Bool {
    guard outcome.isConfined, !isNoVirtio else { return false }
    guard let features else { return true }
    return features.contains(VirtioFeature.accessPlatform.bit)
  }
}

extension String {
  /// The text with spaces behind it, to `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

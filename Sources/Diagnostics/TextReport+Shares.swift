extension TextReport {
  /// What machines share, and by what it was told: a few lines for each share.
  func shares(of report: Report) -> [String] {
    guard let shares = report.shares else { return [] }
    guard !shares.isEmpty else {
      return ["nothing was found that these machines share; --share names it"]
    }
    var lines = ["shared memory"]
    for share in shares {
      lines.append("  \(share.name), \(Self.words(share.origin))".line)
      let rows = share.parties.map { party in
        [
          party.role ?? "party", Self.place(of: party), Self.range(of: party), party.what,
          party.match,
        ].map(\.line)
      }
      let widths = (0..<4).map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
      for row in rows {
        let cells = row.enumerated().map { index, cell in
          index < 4
            ? cell
              + String(repeating: " ", count: max(0, widths[index] - cell.unicodeScalars.count))
            : cell
        }
        lines.append("    " + cells.joined(separator: "  "))
      }
    }
    return lines
  }

  private static func place(of party: Report.Share.Party) -> String {
    let file = party.file == "-" ? "standard input" : party.file
    return "\(file): \(party.node ?? "/memreserve/")"
  }

  private static func range(of party: Report.Share.Party) -> String {
    guard let address = party.address else { return "nowhere" }
    let start = "0x" + String(address, radix: 16)
    guard let size = party.size, size > 0 else { return start }
    return start + "..0x" + String(UInt128(address) + size - 1, radix: 16)
  }

  private static func words(_ origin: Report.Share.Origin) -> String {
    switch origin {
    case .declared: "declared"
    case .selected: "named"
    case .identified: "by its identifier"
    case .proposed: "as it looks; --share names what is"
    }
  }
}

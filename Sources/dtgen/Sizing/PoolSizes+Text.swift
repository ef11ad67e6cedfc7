import DeviceTree
import Diagnostics
import GuestView
import PlatformDescription
import PoolSizing

extension PoolSizes {
  /// The pools for a person: a table for each, and what follows from it.
  func text(style: TextStyle) -> String {
    guard !pools.isEmpty else { return "there is no restricted DMA pool\n" }
    return pools.map { text(of: $0, style) }.joined(separator: "\n")
  }

  private func text(of pool: Pool, _ style: TextStyle) -> String {
    let size = pool.size.map { ByteText.size($0) } ?? "of no size that is known"
    let heading =
      style.bold(Self.name(pool.node)) + ": \(size), with pages of \(ByteText.size(guestPageSize))"
    let lines = users(of: pool) + totals(of: pool, style)
    return heading + "\n" + lines.map { "  \($0)\n" }.joined()
  }

  private func users(of pool: Pool) -> [String] {
    guard !pool.users.isEmpty else { return ["no device uses it"] }
    var rows = [["", "", "rings", "resting", "working", "worst case"]]
    rows += pool.users.map { user in
      [
        user.pciFunction ?? Self.name(user.node),
        user.deviceID.map(VirtioDevice.typeName) ?? "unknown, as a disk",
      ] + [user.rings, user.resting, user.working, user.worst].map(Self.kib)
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return column < 2 ? row[column] + space : space + row[column]
      }.joined(separator: "  ")
    }
  }

  private func totals(of pool: Pool, _ style: TextStyle) -> [String] {
    var rows = [
      (
        "floor", pool.floor,
        "with less a device doesn't start, or hangs with its first large request"
      ),
      ("recommended", pool.recommended, "the devices work side by side"),
      (
        "worst case", pool.worst,
        pool.worst > largestPool
          ? "no pool is larger than \(ByteText.size(largestPool)): some requests wait for others"
          : "nothing ever waits for room"
      ),
    ]
    if let highWater = pool.highWater, let suggested = pool.recommendedByCount {
      rows.append(("counted", highWater, "\(ByteText.size(suggested)) leave a quarter more"))
    }
    let sizes = rows.map { ByteText.size($0.1) }
    let width = sizes.map(\.count).max() ?? 0
    let lines = zip(rows, sizes).map { row, size in
      row.0.padded(to: 11) + "  " + String(repeating: " ", count: width - size.count) + size
        + "  " + style.dim(row.2)
    }
    return lines + [verdict(of: pool, style)]
  }

  private func verdict(of pool: Pool, _ style: TextStyle) -> String {
    guard let size = pool.size else {
      return style.colour("its size is not known, so nothing follows", for: .warning)
    }
    let words = ByteText.size(size)
    if pool.isTooSmall { return style.colour("\(words) are too little", for: .error) }
    if pool.wasFull {
      return style.colour("\(words) were full: the guest wanted more than was there", for: .warning)
    }
    if size > largestPool {
      return style.colour(
        "\(words) are more than a pool can have, and the guest does without one", for: .error)
    }
    if size < pool.recommended {
      return style.colour("\(words) do, and devices wait for each other under load", for: .warning)
    }
    return style.good("\(words) are enough")
  }

  private static func kib(_ bytes: UInt64) -> String { "\(bytes / 1024) KiB" }

  private static func name(_ path: String) -> String {
    String(path.split(separator: "/").last ?? "").safeForTerminal
  }
}

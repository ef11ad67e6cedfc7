import Diagnostics
import GuestView
import PlatformDescription
import PlatformLowering
import PoolSizing

extension Summary {
  /// How the computed pools came to their sizes and places, line by line.
  static func lines(of pools: [ComputedPool], style: TextStyle) -> [String] {
    pools.flatMap { lines(of: $0, style: style) }
  }

  private static func lines(of pool: ComputedPool, style: TextStyle) -> [String] {
    let name = nodeName(pool.path)
    guard let sizing = pool.sizing else {
      return [
        "\(name): \(ByteText.size(pool.range.size.bytes)), as stated",
        "  " + style.dim(why(pool)),
      ]
    }
    let table = table(of: sizing, total: pool.range.size.bytes)
    let rows = table.map(aligned(widths(of: table)))
    return ["\(name)\(conditions(sizing))"] + rows.map { "  " + $0 } + ["  " + style.dim(why(pool))]
  }

  /// On what the figures depend besides the devices.
  private static func conditions(_ sizing: ComputedPool.Sizing) -> String {
    let queues =
      sizing.leastQueueSize > 0 && sizing.users.contains { $0.deviceID != nil && !$0.isOnPCI }
      ? ", queues of \(sizing.leastQueueSize) or more" : ""
    return ", with pages of \(sizing.guestPageSize)\(queues)"
  }

  /// A row for each device and each step, in columns; all sizes in one unit, so that they can be added up.
  private static func table(of sizing: ComputedPool.Sizing, total: UInt64) -> [[String]] {
    let demand = sizing.demand
    var rows = [["", "", "rings", "resting", "working", "sum"]]
    rows += sizing.users.map { user in
      let need = user.demand
      return [
        user.name, user.type, slots(need.rings), slots(need.resting), slots(need.working),
        slots(need.atRest + need.working),
      ]
    }
    func step(_ name: String, _ bytes: UInt64) { rows.append([name, "", "", "", "", kib(bytes)]) }
    step("all", demand.sum)
    step("a quarter for gaps", demand.gaps)
    step("up to the next 2 MiB", total - min(demand.sum + demand.gaps, total))
    rows.append(["size", "", "", "", "", ByteText.size(total)])
    return rows
  }

  private static func widths(of table: [[String]]) -> [Int] {
    (table.first ?? []).indices.map { column in table.map { $0[column].count }.max() ?? 0 }
  }

  /// Names to the left, numbers to the right.
  private static func aligned(_ widths: [Int]) -> ([String]) -> String {
    { row in
      row.indices.map { column in
        let space = String(repeating: " ", count: max(0, widths[column] - row[column].count))
        return column < 2 ? row[column] + space : space + row[column]
      }.joined(separator: "  ")
    }
  }

  private static func slots(_ count: UInt64) -> String { kib(count * Bounce.slot) }

  private static func kib(_ bytes: UInt64) -> String { "\(bytes / 1024) KiB" }

  /// Why the pool lies where it lies.
  private static func why(_ pool: ComputedPool) -> String {
    let at = "at \(pool.range.at), "
    guard let place = pool.place else { return at + "as stated" }
    return at + "the highest free place below " + place.ceiling.safeForTerminal
  }

  private static func nodeName(_ path: String) -> String {
    String(path.split(separator: "/").last ?? "").safeForTerminal
  }
}

extension ComputedPool.Place {
  /// What lies above, in words.
  var ceiling: String {
    below ?? (endsAt4GiB ? "4 GiB" : "the last 4 MiB of memory, which stay free")
  }
}

extension ComputedPool.User {
  /// As the table of DMA calls it: the name of its node, or its address on PCI.
  var name: String {
    pciAddress?.description ?? String(path.split(separator: "/").last ?? "").safeForTerminal
  }

  /// What it is, or as what it counts.
  var type: String { deviceID.map(VirtioDevice.typeName) ?? "unknown, as a disk" }

  /// Whether it is a function of a PCI device.
  var isOnPCI: Bool { pciAddress != nil }
}

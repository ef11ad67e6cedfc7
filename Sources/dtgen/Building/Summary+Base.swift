import DeviceTree
import Diagnostics
import GuestView
import PlatformLowering

extension Summary {
  /// The windows for virtio devices that only the base has: a VMM may have many slots, and the
  /// description names those with a device.
  static func idleWindows(of view: GuestView, on base: MachineBase) -> Set<String> {
    let windows = view.dmaDevices.filter { $0.kind == .virtioMMIO }.map(\.node.path)
    return Set(windows.filter(base.hasAlone))
  }

  /// The claims one by one, but for those of `windows`, of which neighbours stand together.
  static func runs(_ claims: [Claim], of windows: Set<String>) -> [[Claim]] {
    var runs: [[Claim]] = []
    var isRunning = false
    for claim in claims {
      let isWindow = claim.node.map { windows.contains($0.path) } ?? false
      if isWindow, isRunning, let last = runs.indices.last {
        runs[last].append(claim)
      } else {
        runs.append([claim])
      }
      isRunning = isWindow
    }
    return runs
  }

  /// The addresses of neighbours, from the first to the last.
  static func extent(of run: [Claim]) -> String {
    text(run.map(\.range.first).min() ?? 0, run.map(\.range.last).max() ?? 0)
  }

  static func size(of run: [Claim]) -> String {
    ByteText.size(run.reduce(UInt128(0)) { $0 + $1.range.size })
  }

  static func remark(on run: [Claim]) -> String {
    "\(run.count) windows of the base, for which no device is described"
  }

  /// How the description and its base came together: what was matched by more than its path, and how
  /// much of the base stays.
  static func lines(of base: MachineBase) -> [String] {
    let merge = base.based.merge
    let described = Set(merge.matches.map(\.base)).count
    let alone = base.file.flattened.nodeCount - described
    var lines = [
      "\(base.file.path): \(described) nodes in both, \(alone) in the base alone, "
        + "\(merge.added.count) in the description alone"
    ]
    for match in merge.matches where match.means != .path {
      lines.append("\(match.node) is \(match.base), by \(match.means.description)")
    }
    return lines.map(\.safeForTerminal)
  }

  /// What the overlay is laid over.
  static func lines(of overlay: BuiltOverlay) -> [String] {
    overlay.overlay.fragments.map { fragment in
      let name = fragment.label.map { "label \($0)" } ?? "path"
      return "over \(fragment.target), by \(name)".safeForTerminal
    }
  }
}

import DeviceTree
import PlatformDescription

extension Mistake {
  /// What is in the way of a merge, at the line that the node comes from.
  init(_ conflict: MergeConflict, _ origins: Origins) {
    let location = origins.location(of: conflict.node)
    switch conflict.kind {
    case .ambiguous(let paths):
      self.init(
        "description/base-ambiguous",
        "several nodes of the base could be this one: \(paths.joined(separator: ", "))",
        at: location, help: "give the node the name of the one that is meant")
    case .taken(let base, let other):
      self.init(
        "description/base-ambiguous",
        "two nodes of the description would be the base's \(base)", at: location,
        help: "keep one of them",
        related: [.init("this is the other", at: origins.location(of: other))])
    case .name(let base):
      self.init(
        "description/base-ambiguous",
        "the base has another node of this name: \(base)", at: location,
        help: "dump the base from the machine that is described")
    case .otherDevice(let base, let compatible):
      self.init(
        "description/base-other-device",
        "the base has another device here: \(base) is compatible with "
          + compatible.joined(separator: ", "),
        at: location, help: "dump the base from the machine that is described")
    case .cells(let base, let property, let was, let count):
      self.init(
        "description/base-cells",
        "\(property) of \(base) is \(was.map(String.init) ?? "no number") in the base and \(count) in "
          + "the description: its numbers would be read wrongly", at: location,
        help: "a base has to count cells as a description does")
    case .processor(let base, let cells):
      self.init(
        "description/base-cells",
        "the reg of \(base) doesn't fit into the \(cells) cells of the base", at: location,
        help: "dump the base from the machine that is described")
    case .phandle(let phandle, let base):
      self.init(
        "description/base-phandle",
        "the phandle 0x\(String(phandle, radix: 16)) that is stated here is in the way of \(base) of "
          + "the base", at: location,
        help: "leave the phandle to dtgen, or state one that the base hasn't")
    }
  }
}

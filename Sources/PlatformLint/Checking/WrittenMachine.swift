import DeviceTree
import GuestView

/// A machine whose VMM writes its tree itself: which devices with registers that has, and where.
struct WrittenMachine: Sendable {
  /// One kind of device.
  struct Device: Sendable {
    /// What its node is compatible with.
    let compatible: String
    /// Where it can be, in words; nil where that is anywhere.
    let places: String?
    /// Whether it can be at an address.
    let isThere: @Sendable (UInt64) -> Bool

    /// A device that is at one of `addresses`.
    init(_ compatible: String, at addresses: UInt64...) {
      self.compatible = compatible
      places = addresses.map(\.hex).joined(separator: " or ")
      isThere = { addresses.contains($0) }
    }

    /// A device whose place the VMM decides when it starts.
    init(anywhere compatible: String) {
      self.compatible = compatible
      places = nil
      isThere = { _ in true }
    }

    /// A device that is at `first`, or a multiple of `stride` bytes behind it, in front of `end`.
    init(_ compatible: String, from first: UInt64, every stride: UInt64, until end: UInt64) {
      self.compatible = compatible
      places = "\(first.hex) and every \(stride.hex) from there, below \(end.hex)"
      isThere = { $0 >= first && $0 < end && ($0 - first) % stride == 0 }
    }

    /// A device somewhere in `range`.
    init(_ compatible: String, in range: Range<UInt64>) {
      self.compatible = compatible
      places = "from \(range.lowerBound.hex) on, below \(range.upperBound.hex)"
      isThere = { range.contains($0) }
    }
  }

  /// All of them.
  let devices: [Device]

  /// Reports the devices that are not where the machine has them.
  func reportElsewhere(in view: GuestView, _ report: inout Reporter) {
    for device in devices where device.places != nil {
      for node in view.nodes(compatibleWith: device.compatible)
      where view.isEnabled(node) && isFirst(device, of: node) {
        guard let entry = view.registers(of: node).first, let range = entry.range,
          !device.isThere(range.first)
        else { continue }
        report(
          "the machine has the device elsewhere",
          at: .element(entry.property, entry.index, cells: entry.cells), found: range.first.hex,
          expected: device.places)
      }
    }
  }

  /// The enabled children of the root with registers and a `compatible` of which the machine has none.
  func unwritten(in view: GuestView) -> [FlattenedTree.Node] {
    view.tree.root.children.filter { node in
      guard node.has("reg"), node.has("compatible"), view.isEnabled(node),
        !(node.property("device_type")?.isString("memory") ?? false)
      else { return false }
      return !devices.contains { node.isCompatible($0.compatible) }
    }
  }

  /// Whether `device` is what counts for a node that is compatible with several.
  private func isFirst(_ device: Device, of node: FlattenedTree.Node) -> Bool {
    devices.first { node.isCompatible($0.compatible) }?.compatible == device.compatible
  }
}

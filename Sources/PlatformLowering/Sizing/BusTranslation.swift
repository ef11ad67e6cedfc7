import DeviceTree

/// How many cells an address and a size have in the children of a node of a tree.
struct CellPair {
  var address: Int
  var size: Int

  /// What Linux takes for a root that says nothing.
  static let unsaid = CellPair(address: 1, size: 1)

  private init(address: Int, size: Int) {
    self.address = address
    self.size = size
  }

  /// As the node says, or what is above it.
  ///
  /// **Source:** Linux 6.12 `drivers/of/base.c`, `of_bus_n_addr_cells` and `of_bus_n_size_cells`.
  init(_ node: DeviceTree.Node, below parent: CellPair) {
    address = node["#address-cells"]?.number.map { Int(clamping: $0) } ?? parent.address
    size = node["#size-cells"]?.number.map { Int(clamping: $0) } ?? parent.size
  }
}

/// From the addresses on a bus to those of the guest.
struct BusTranslation {
  private struct Window {
    var child: UInt64
    var parent: UInt64
    var size: UInt64
  }

  /// The windows of each bus, from the root's; none for a bus that leaves addresses as they are.
  private var buses: [[Window]] = []

  /// The same from the bus that `node` is.
  func behind(_ node: DeviceTree.Node, on parent: CellPair) -> BusTranslation {
    guard let ranges = node["ranges"], !ranges.bytes.isEmpty else { return self }
    let own = CellPair(node, below: parent)
    var copy = self
    copy.buses.append(
      ranges.numbers([own.address, parent.address, own.size]).map {
        Window(child: $0[0], parent: $0[1], size: $0[2])
      })
    return copy
  }

  /// The guest's address; nil for one that no window leads to.
  func address(of address: UInt64) -> UInt64? {
    var address = address
    for windows in buses.reversed() {
      guard
        let window = windows.first(where: {
          address >= $0.child && address - $0.child < $0.size
        })
      else { return nil }
      let (sum, overflow) = window.parent.addingReportingOverflow(address - window.child)
      guard !overflow else { return nil }
      address = sum
    }
    return address
  }
}

extension DeviceTree.Node {
  /// The entries of `reg`, on a bus with these cells.
  func registers(_ cells: CellPair) -> [(address: UInt64, size: UInt64)] {
    (self["reg"]?.numbers([cells.address, cells.size]) ?? []).map { ($0[0], $0[1]) }
  }
}

extension PropertyValue {
  /// The number that one or two cells are; nil for anything else.
  var number: UInt64? {
    bytes.count == 4 || bytes.count == 8 ? numbers([bytes.count / 4]).first?[0] : nil
  }

  /// Entries of numbers, each in so many cells.
  ///
  /// Of a number of more than 64 bits only the last 64 count: three cells are an address of PCI, whose
  /// first says what kind it is. A rest that is no entry is left out.
  func numbers(_ cells: [Int]) -> [[UInt64]] {
    // More cells than this nobody counts; a size of none is 0.
    guard cells.allSatisfy({ (0...8).contains($0) }) else { return [] }
    let entry = 4 * cells.reduce(0, +)
    guard entry > 0 else { return [] }
    return stride(from: 0, through: bytes.count - entry, by: entry).map { start in
      var offset = start
      return cells.map { count in
        defer { offset += 4 * count }
        return bytes[offset..<(offset + 4 * count)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      }
    }
  }
}

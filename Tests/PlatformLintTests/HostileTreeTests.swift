import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint
import Testing

@Suite("Trees that mean harm")
struct HostileTreeTests {
  @Test("cells, sizes and addresses at their limits are read without a trap", .requires(.dtc))
  func extremes() throws {
    for cells in ["0", "1", "3", "4", "5", "255", "0x7fffffff", "0xffffffff"] {
      for name in ["#address-cells", "#size-cells"] {
        for place in ["/ {", "&reserved {"] {
          let view = try Check(Example("\(place) \(name) = <\(cells)>; };")).view
          _ = Linter().lint(view)
        }
      }
    }
    let top = "0xffffffff 0xfffff000 0x0 0x1000"
    let over = "0xffffffff 0xffffffff 0xffffffff 0xffffffff"
    for value in [top, over, "0 0 \(over.prefix(21))"] {
      for node in ["&disk", "&memory", "&bounce", "&gic"] {
        _ = try Check(Example("\(node) { reg = <\(value)>; };"))
      }
    }
  }

  @Test("claims that all overlap take no square of time, and leave no square of findings")
  func manyOverlaps() throws {
    let count = 20_000
    let tree = try FlattenedTree(Blob.manyNodes((0..<count).map { "d\($0)@10000000" }))
    let view = GuestView(tree: tree)
    #expect(view.addressMap.claims.count == count)
    // All pairs would be 200 million.
    let pairs = Overlaps.pairs(among: view.addressMap.claims, by: \.range).count
    #expect(pairs <= count * Overlaps.mostPartners)
    let report = Linter().lint(view)
    let overlaps = report.findings.count { $0.rule == "memory/window-overlap" }
    #expect(overlaps == Linter.mostFindings)
    #expect(report.omitted.map(\.rule) == ["memory/window-overlap"])
    #expect(report.omitted.map(\.count) == [pairs - Linter.mostFindings])
  }
}

/// A generator of numbers that are the same in every run.
struct Xorshift {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

/// Blobs that no compiler writes in reasonable time.
enum Blob {
  /// A root with one cell each whose children all claim the same 16 bytes.
  static func manyNodes(_ names: [String]) -> [UInt8] {
    let strings = Array("reg\0#address-cells\0#size-cells\0".utf8)
    var structure: [UInt8] = []
    func cell(_ value: UInt32) {
      for shift in [24, 16, 8, 0] { structure.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
    func name(_ text: String) {
      structure += Array(text.utf8) + [0]
      while structure.count % 4 != 0 { structure.append(0) }
    }
    cell(1)
    name("")
    for offset: UInt32 in [4, 19] { for value in [3, 4, offset, 1] { cell(value) } }
    for child in names {
      cell(1)
      name(child)
      for value: UInt32 in [3, 8, 0, 0x1000_0000, 0x10] { cell(value) }
      cell(2)
    }
    cell(2)
    cell(9)
    let header = [
      0xd00d_feed, 56 + structure.count + strings.count, 56, 56 + structure.count, 40, 17, 16, 0,
      strings.count, structure.count,
    ].map(UInt32.init)
    var blob: [UInt8] = []
    for field in header {
      for shift in [24, 16, 8, 0] { blob.append(UInt8(truncatingIfNeeded: field >> shift)) }
    }
    return blob + [UInt8](repeating: 0, count: 16) + structure + strings
  }
}

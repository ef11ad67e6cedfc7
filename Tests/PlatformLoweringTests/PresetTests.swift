import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

@Suite("the machines that can be borrowed")
struct PresetTests {
  private func tree(_ shape: PresetShape) throws -> [UInt8] {
    let lowering = Lowering(shape.platform)
    #expect(lowering.mistakes == [])
    return try #require(lowering.machines.first).tree.flattened()
  }

  @Test("give trees that libfdt accepts and reads as we do", arguments: PresetShape.all)
  func libfdt(shape: PresetShape) throws {
    let bytes = try tree(shape)
    #expect(LibFDTReader.check(bytes) == 0)
    #expect(try LibFDTReader(bytes).disagreement(with: FlattenedTree(bytes)) == nil)
  }

  @Test("give trees that dtc reads without a warning", .requires(.dtc), arguments: PresetShape.all)
  func dtc(shape: PresetShape) throws {
    #expect(try DTC.faults(in: DTC.decompile(tree(shape)).warnings) == "")
  }

  @Test(
    "are described by our bindings", .requires(.dtValidate),
    arguments: PresetShape.all.filter { $0.cpus <= 32 })
  func bindings(shape: PresetShape) throws {
    #expect(try DTValidate.findings(dtb: tree(shape)) == [])
  }

  @Test("have no two nodes at one address", arguments: PresetShape.all)
  func addresses(shape: PresetShape) throws {
    let tree = try FlattenedTree(tree(shape))
    var windows: [(first: UInt64, last: UInt64, path: String)] = []
    for node in tree.nodes where !node.path.hasPrefix("/cpus") && !node.path.hasPrefix("/reserved")
    {
      guard let reg = node.property("reg") else { continue }
      for index in stride(from: 0, to: reg.cellCount, by: 4) {
        let first = try #require(reg.number(at: index, cells: 2))
        let size = try #require(reg.number(at: index + 2, cells: 2))
        #expect(size > 0, "\(node.path) has no size")
        windows.append((first, first + size - 1, node.path))
      }
    }
    windows.sort { $0.first < $1.first }
    for (one, next) in zip(windows, windows.dropFirst()) {
      #expect(one.last < next.first, "\(one.path) reaches into \(next.path)")
    }
  }

  @Test(
    "have a place for as many processors as they say, and for no more", arguments: PresetShape.all)
  func processors(shape: PresetShape) throws {
    let tree = try FlattenedTree(tree(shape))
    let cpus = try #require(tree.node(at: "/cpus")).children.filter { $0.name.hasPrefix("cpu@") }
    #expect(cpus.count == shape.cpus)
    #expect(Set(cpus.map(\.name)).count == shape.cpus)
    let reg = cpus.compactMap { $0.property("reg").map { Array($0.bytes) } }
    #expect(Set(reg).count == shape.cpus)
  }

  @Test("list what they leave out once, each with a reason", arguments: PresetShape.all)
  func leftOut(shape: PresetShape) throws {
    let tree = try FlattenedTree(tree(shape))
    let nodes = shape.machine.leftOut
    #expect(Set(nodes.map(\.path)).count == nodes.count)
    for node in nodes {
      #expect(tree.node(at: node.path) == nil, "\(node.path) is described after all")
      #expect(!node.reason.isEmpty)
    }
  }
}

import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformDescription
import PlatformLint
import PlatformLowering
import Testing

@Suite("the machines that can be borrowed, judged")
struct PresetLintTests {
  @Test("have no finding", arguments: PresetShape.all)
  func clean(shape: PresetShape) throws {
    let lowering = Lowering(shape.platform)
    let machine = try #require(lowering.machines.first, "\(lowering.mistakes)")
    let tree = try FlattenedTree(machine.tree.flattened())
    let report = Linter().lint(GuestView(tree: tree))
    #expect(report.findings.map { "\($0.rule): \($0.place)" } == [])
  }
}

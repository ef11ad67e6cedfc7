import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

/// Our tree of a VMM's machine beside the VMM's own.
struct TreeComparison {
  var ours: FlattenedTree
  var theirs: FlattenedTree
  var leftOut: [LeftOutNode]
  /// Properties that one side alone has, with the reason.
  var oursAlone: [String: String] = [:]
  var theirsAlone: [String: String] = [:]
  /// Properties whose values differ, by node and property with a space between, with the reason.
  var differing: [String: String] = [:]

  /// Expects each of our nodes to be one of theirs, and each of theirs to be one of ours, or to be
  /// left out on purpose.
  func expectAgreement() {
    let ours = NodeTable(ours)
    let theirs = NodeTable(theirs)
    for path in ours.paths {
      let counterpart = theirs[path]?.filter {
        (theirsAlone[$0.key] == nil || ours[path]?[$0.key] != nil)
          && differing[path + " " + $0.key] == nil
      }
      #expect(counterpart != nil, "the VMM has no \(path)")
      let mine = ours[path]?.filter {
        oursAlone[$0.key] == nil && differing[path + " " + $0.key] == nil
      }
      #expect(mine == counterpart, "\(path) differs")
    }
    for path in theirs.paths where ours[path] == nil {
      #expect(
        leftOut.contains { path == $0.path || path.hasPrefix($0.path + "/") },
        "\(path) is left out without a reason")
    }
    for node in leftOut { expect(node) }
  }

  /// Expects a node that is left out to be where the list says, and to interrupt as it says.
  private func expect(_ leftOut: LeftOutNode) {
    #expect(!leftOut.reason.isEmpty)
    #expect(NodeTable(ours)[leftOut.path] == nil, "\(leftOut.path) is described after all")
    guard let node = theirs.node(at: leftOut.path) else { return }
    if let reg = node.property("reg") {
      #expect(reg.number(at: 0, cells: 2) == leftOut.at?.value, "\(leftOut.path) is elsewhere")
    }
    if let interrupts = node.property("interrupts"), let interrupt = leftOut.interrupt {
      // The number stands behind the kind on a GIC, first elsewhere.
      let index = interrupt.kind == .source ? 0 : 1
      #expect(
        interrupts.cell(index).map(Int.init) == interrupt.number,
        "\(leftOut.path) interrupts otherwise")
    }
  }
}

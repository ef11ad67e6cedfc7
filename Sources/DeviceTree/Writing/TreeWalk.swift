/// Visits the nodes of a ``Tree`` in document order, without recursion: a walk that goes too deep can
/// be stopped, a stack that overflowed can't.
struct TreeWalk {
  /// One step of the walk.
  enum Step {
    /// A node starts.
    case enter(Node)
    /// The node that started last, and has not ended yet, ends.
    case leave
  }

  private struct Frame {
    let node: Node
    var visitedChildren = 0
  }

  private var upcomingRoot: Node?
  private var open: [Frame] = []

  init(_ root: Node) { upcomingRoot = root }

  /// The number of open nodes; 1 behind the step that entered the root.
  var depth: Int { open.count }

  /// The path of the innermost open node.
  var path: String {
    "/" + open.dropFirst().map(\.node.name).joined(separator: "/")
  }

  /// The next step, or nil behind the end of the root.
  mutating func next() -> Step? {
    if let root = upcomingRoot {
      upcomingRoot = nil
      open.append(Frame(node: root))
      return .enter(root)
    }
    guard let innermost = open.indices.last else { return nil }
    let position = open[innermost].visitedChildren
    guard position < open[innermost].node.children.count else {
      open.removeLast()
      return .leave
    }
    open[innermost].visitedChildren += 1
    let child = open[innermost].node.children[position]
    open.append(Frame(node: child))
    return .enter(child)
  }
}

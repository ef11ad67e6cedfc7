import PlatformDescription

extension MachineLowering {
  /// Does to a node what `.named`, `.omitting` and `.adding { … }` said.
  ///
  /// - Parameters:
  ///   - node: The node, with all that its noun writes.
  ///   - pending: Properties that may still be written, unless they are omitted.
  mutating func finish(_ node: inout DraftNode, pending: Set<String>) {
    guard let declaration = node.declaration else { return }
    if let name = declaration.name, !Spelling.isNodeName(name) {
      mistake(
        "description/invalid-name", "'\(name)' can't name a node", at: declaration.location,
        help: Spelling.nodeNameHelp)
    }
    for name in declaration.omissions ?? [] {
      if let position = node.properties.firstIndex(where: { $0.name == name }) {
        node.properties.remove(at: position)
      } else if !pending.contains(name) {
        mistake(
          "description/nothing-to-omit", "there is no property '\(name)' here to be left out",
          at: declaration.location, help: "name a property that stands in the node without this")
      }
    }
    if !declaration.additions.isEmpty {
      add(declaration.additions, to: &node, replacing: true)
    }
  }

  /// What is said of a node means nothing of what becomes none.
  mutating func refuseWordsOfNodes(_ declaration: Declaration, of what: String) {
    guard
      declaration.name != nil || declaration.label != nil || declaration.omissions != nil
        || !declaration.additions.isEmpty
    else { return }
    mistake(
      "description/no-node", "\(what) becomes no node that could be named, labelled or added to",
      at: declaration.location)
  }
}

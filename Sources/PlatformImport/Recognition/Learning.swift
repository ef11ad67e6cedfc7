import DeviceTree
import PlatformDescription
import PlatformLowering

/// Finds the model of a tree: lays out what is known, holds it against the tree, and learns what has to
/// be said besides, or that a node is no such noun, until nothing differs.
struct Learning {
  let survey: Survey
  let recognition: Recognition
  private let paths: PathIndex
  private let options: ImportOptions

  init(_ tree: FlattenedTree, options: ImportOptions) {
    self.options = options
    survey = Survey(tree, keepsSeeds: options.keepsSeeds)
    paths = PathIndex(tree)
    recognition = Recognition(
      survey, options: options, paths: paths,
      borrowing: options.usesNouns ? BorrowedMachine(survey, paths: paths) : nil)
  }

  /// A model that gives the tree back.
  ///
  /// - Throws: ``ImportError`` where even a tree without nouns isn't given back.
  func model() throws(ImportError) -> VirtualMachine {
    // Each round settles a node or more; nearly always, three are enough. Nouns are settled in
    // sketches, since what is spelled out is most of a large tree and teaches nothing.
    var isSketch = true
    for _ in 0..<(2 * survey.tree.nodeCount + 8) {
      let machine = recognition.build(sketch: isSketch)
      if isBlocked() || recognition.isCramped && recognition.returnMachine() { continue }
      let lowering = Lowering(Platform(machine))
      if !lowering.mistakes.isEmpty || lowering.machines.isEmpty {
        try learn(from: lowering.mistakes)
        continue
      }
      let comparison = Comparison(
        survey, lowering.machines[0], paths: paths, leavingOut: isSketch ? recognition.raw : [])
      if !comparison.discrepancies.isEmpty {
        try learn(from: comparison.discrepancies)
      } else if isSketch {
        isSketch = false
      } else {
        return machine
      }
    }
    throw ImportError("no description of this tree was found", isInternal: true)
  }

  /// Whether something refers to a node that a noun makes and that has no name to refer to.
  private func isBlocked() -> Bool {
    var blocked = false
    for node in recognition.labelled.sorted()
    where !recognition.declared.contains(node) && !recognition.raw.contains(node) {
      let path = survey.tree.nodes[node].path
      if recognition.isBorrowed(node) {
        blocked = recognition.returnMachine()
      } else if recognition.reject(node, because: "something refers to \(path)") {
        blocked = true
      }
    }
    return blocked
  }

  // MARK: Mistakes

  private func learn(from mistakes: [Mistake]) throws(ImportError) {
    var learnt = false
    for mistake in mistakes {
      let nodes = ([mistake.location] + mistake.related.map(\.location)).compactMap { location in
        // Another file's line is no number of a node.
        location.flatMap { $0.file.isEmpty ? $0.line - 1 : nil }
      }.filter { (1..<survey.tree.nodeCount).contains($0) }
      for node in nodes where recognition.reject(node, because: mistake.message) { learnt = true }
      for node in nodes where recognition.raw.contains(node) && makePlain(node) { learnt = true }
    }
    if !learnt { learnt = rejectFarReaching(because: "what comes of it is refused") }
    if !learnt { learnt = recognition.returnMachine() }
    if !learnt { learnt = rejectAll(because: "what comes of the nouns is refused") }
    if !learnt {
      throw ImportError(
        mistakes.first?.message ?? "the tree can't be laid out", isInternal: true)
    }
  }

  /// Spells out all properties of a raw node; returns whether they weren't yet.
  private func makePlain(_ node: Int) -> Bool {
    guard recognition.finishings[node]?.isPlain != true else { return false }
    recognition.finishings[node, default: Finishing()].isPlain = true
    return true
  }

  private func rejectFarReaching(because reason: String) -> Bool {
    rejectAll(because: reason) { $0.reachesBeyondItsNode }
  }

  private func rejectAll(
    because reason: String, where isMeant: (any NounRecogniser.Type) -> Bool = { _ in true }
  ) -> Bool {
    var rejected = false
    for (node, claim) in recognition.claims.sorted(by: { $0.key < $1.key }) where isMeant(claim) {
      if recognition.reject(node, because: reason) { rejected = true }
    }
    return rejected
  }

  // MARK: Discrepancies

  private func learn(from discrepancies: [Discrepancy]) throws(ImportError) {
    var groups: [Int: [Discrepancy]] = [:]
    for discrepancy in discrepancies { groups[discrepancy.node, default: []].append(discrepancy) }
    var learnt = false
    for node in groups.keys.sorted() {
      if learn(of: node, from: groups[node] ?? []) { learnt = true }
    }
    if learnt || recognition.returnMachine() { return }
    let path = discrepancies.first.map { survey.tree.nodes[$0.node].path }
    throw ImportError("no description gives this node back", at: path, isInternal: true)
  }

  /// What one node teaches; returns whether something will be otherwise now.
  private func learn(of node: Int, from discrepancies: [Discrepancy]) -> Bool {
    if recognition.raw.contains(node) {
      var learnt = false
      for discrepancy in discrepancies {
        switch discrepancy.kind {
        case .phandle:
          if recognition.finishings[node]?.statesPhandle != true {
            recognition.finishings[node, default: Finishing()].statesPhandle = true
            learnt = true
          }
        default: if makePlain(node) { learnt = true }
        }
      }
      return learnt
    }
    if recognition.isBorrowed(node) { return recognition.returnMachine() }
    let reason = discrepancies.first.map { describe($0) } ?? ""
    guard recognition.declared.contains(node), recognition.finishings[node] == nil,
      let finishing = finishing(of: node, from: discrepancies)
    else {
      if node == 0 { return learnOfRoot(discrepancies) }
      return recognition.reject(node, because: reason) || rejectFarReaching(because: reason)
    }
    recognition.finishings[node] = finishing
    return true
  }

  /// What has to be said of a noun; nil where it would say less than the node by itself does.
  private func finishing(of node: Int, from discrepancies: [Discrepancy]) -> Finishing? {
    var finishing = Finishing()
    var contradictions = 0
    for discrepancy in discrepancies {
      switch discrepancy.kind {
      case .missing(let name): finishing.properties.append(name)
      case .different(let name):
        finishing.properties.append(name)
        contradictions += 1
      case .superfluous(let name):
        finishing.omissions.append(name)
        contradictions += 1
      case .phandle:
        guard survey.tree.nodes[node].has("phandle") else { return nil }
        finishing.statesPhandle = true
      case .missingChild(let child):
        if node == 0 { return nil }
        finishing.children.append(child)
      case .renamed: finishing.name = survey.tree.nodes[node].baseName
      case .superfluousChild, .moved: return nil
      }
    }
    // A noun half of whose words are taken back explains nothing.
    let said = survey.tree.nodes[node].properties.count - finishing.properties.count
    if node != 0, contradictions > max(1, said / 2) { return nil }
    return finishing
  }

  /// The root has a child too few or too many: one that the lowering makes of its own accord.
  private func learnOfRoot(_ discrepancies: [Discrepancy]) -> Bool {
    var learnt = false
    for discrepancy in discrepancies {
      switch discrepancy.kind {
      case .missingChild(let child):
        if recognition.reject(child, because: describe(discrepancy)) { learnt = true }
      case .superfluousChild:
        if rejectFarReaching(because: describe(discrepancy)) { learnt = true }
      default: break
      }
    }
    return learnt
  }

  /// What a noun can't say, as a clause.
  private func describe(_ discrepancy: Discrepancy) -> String {
    let path = survey.tree.nodes[discrepancy.node].path
    switch discrepancy.kind {
    case .missing(let name): return "\(path) has \(name)"
    case .different(let name): return "\(path) has another \(name)"
    case .superfluous(let name): return "\(path) has no \(name)"
    case .phandle:
      let isReferred = survey.tree.nodes[discrepancy.node].has("phandle")
      return "\(isReferred ? "something" : "nothing") refers to \(path)"
    case .missingChild(let child): return "there is \(survey.tree.nodes[child].path)"
    case .superfluousChild(let name):
      return "with one there would be \(path == "/" ? "" : path)/\(name)"
    case .renamed, .moved: return "\(path) is called otherwise"
    }
  }
}

extension Platform {
  /// A platform of one machine, without places.
  init(_ machine: VirtualMachine) {
    self.init(machine.name) { machine }
    location = nil
  }
}

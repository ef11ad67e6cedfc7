import DeviceTree
import PlatformDescription

/// Builds the model of a tree from what is known so far of its nodes.
///
/// Every component is declared in the line that is the index of its node, counted from 1: what the
/// lowering says of a line, it says of a node.
final class Recognition {
  let survey: Survey
  let options: ImportOptions

  /// What has to be said of nodes besides their values.
  var finishings: [Int: Finishing] = [:]
  /// Nouns that were tried for a node, and what they can't say.
  private(set) var rejections: [Int: [Rejection]] = [:]
  /// A noun that was tried.
  struct Rejection {
    var noun: String
    /// What it can't say: a clause for a comment.
    var reason: String
  }

  /// Which noun says each node, in the last model.
  private(set) var claims: [Int: any NounRecogniser.Type] = [:]
  /// The nodes that are spelled out, in the last model.
  private(set) var raw: Set<Int> = []
  /// The nodes that have a declaration of their own, in the last model.
  private(set) var declared: Set<Int> = []
  /// The nodes that others refer to by label, in the last model.
  private(set) var labelled: Set<Int> = []
  /// The interrupt controller of the machine, where it is a noun.
  private(set) var controller: ImportedController?
  /// The VMM's machine whose address map is borrowed, with the nodes that it brings.
  private(set) var borrowed: BorrowedMachine?
  /// Whether something is spelled out where only the borrowed machine puts things.
  private(set) var isCramped = false
  private(set) var handles: [Int: Proposal.Handle] = [:]

  /// What the collection before this one found: this one's is not complete while it lasts.
  private var knownHandles: [Int: Proposal.Handle] = [:]
  private var knownLabels: Set<Int> = []
  /// Whether raw nodes are left empty, and only looked at for references.
  private(set) var isSketch = false
  /// The nodes that are referred to from each raw node or from below it, once they are known.
  private var targetsBelow: [Int: [Int]] = [:]
  private let paths: PathIndex
  private let labels: [Int: String]

  init(
    _ survey: Survey, options: ImportOptions, paths: PathIndex, borrowing borrowed: BorrowedMachine?
  ) {
    self.survey = survey
    self.options = options
    self.paths = paths
    self.borrowed = borrowed
    labels = LabelChoice(survey, paths).labels
  }

  var tree: FlattenedTree { survey.tree }

  /// The instruction set of the processors.
  private(set) lazy var architecture = Architecture(of: tree)

  /// The VMM's machine whose address map is borrowed.
  var machine: Machine? { borrowed?.machine }

  /// Whether the borrowed machine brings `node`.
  func isBorrowed(_ node: Int) -> Bool { borrowed?.nodes.contains(node) ?? false }

  /// Writes everything out after all; returns whether a machine was borrowed.
  func returnMachine() -> Bool {
    guard borrowed != nil else { return false }
    borrowed = nil
    finishings = [:]
    rejections = [:]
    return true
  }

  /// The model, from what is known so far; in a sketch, raw nodes are empty.
  func build(sketch: Bool) -> VirtualMachine {
    isSketch = true
    // How nodes are referred to is known when all have been looked at, and then which are labelled.
    for _ in 0..<3 {
      let before = (labelled, handles)
      let model = collect()
      if before == (labelled, handles) {
        if sketch { return model }
        break
      }
    }
    isSketch = sketch
    return collect()
  }

  private func collect() -> VirtualMachine {
    knownHandles = handles
    knownLabels = labelled
    claims = [:]
    handles = [:]
    raw = []
    declared = []
    labelled = []
    isCramped = false
    controller = options.usesNouns ? findController() : nil
    let parts = tree.root.children.flatMap { self.parts(for: $0) }
    var elements: [Element] = tree.memoryReservations.map { entry in
      var noun = PlatformDescription.MemoryReservation(
        at: GuestAddress(entry.address), size: .bytes(entry.size))
      noun.declaration = Declaration(nil)
      return noun.element
    }
    // Elements of one place keep the order of the tree.
    for place in Proposal.Place.allCases {
      for part in parts where part.place == place { elements += part.elements }
    }
    return machine(RegionNesting.nest(elements))
  }

  private func machine(_ elements: [Element]) -> VirtualMachine {
    let root = Candidate(node: tree.root, recognition: self)
    var machine: VirtualMachine
    if let borrowed {
      machine = VirtualMachine(
        options.name, on: borrowed.machine, cpus: borrowed.machine.cpus,
        memory: borrowed.machine.memory
      ) { elements }
    } else {
      machine = VirtualMachine(options.name, architecture: architecture) { elements }
      machine.compatible = root.strings("compatible")
    }
    machine.declaration = root.declaration
    if tree.header.bootCPU != 0 { machine.bootCPU = tree.header.bootCPU }
    return machine
  }

  // MARK: Nodes

  private typealias Part = (place: Proposal.Place, elements: [Element])

  /// What becomes of a child of the root: nothing, where the borrowed machine brings it, but for what
  /// it doesn't bring in it.
  private func parts(for node: FlattenedTree.Node) -> [Part] {
    guard isBorrowed(node.index) else { return [part(for: node)] }
    return node.children.flatMap { child -> [Part] in
      if isBorrowed(child.index) { return parts(for: child) }
      let part = part(for: child)
      if raw.contains(child.index) { isCramped = true }
      return [part]
    }
  }

  /// What becomes of a node that is there besides.
  private func part(for node: FlattenedTree.Node) -> Part {
    if options.usesNouns {
      let candidate = Candidate(node: node, recognition: self)
      for recogniser in NounCatalogue.all where !isRejected(recogniser, for: node.index) {
        guard let proposal = recogniser.proposal(for: candidate),
          proposal.place == .device || candidate.isTopLevel
        else { continue }
        claims[node.index] = recogniser
        handles[node.index] = proposal.handle
        for (node, region) in proposal.regions { handles[node] = .region(region) }
        return (proposal.place, proposal.elements)
      }
    }
    return (.device, [rawNode(node).element])
  }

  /// What is on a bus: nouns where they can be on one, in the order of the tree.
  func devices(on bus: FlattenedTree.Node) -> [Element] {
    bus.children.flatMap { part(for: $0).elements }
  }

  /// The number of processors that the lowering will know of.
  var processorCount: Int {
    guard let cpus = tree.root.child("cpus"), !isRejected(CPUsRecogniser.self, for: cpus.index)
    else { return 1 }
    return cpus.children.reduce(0) { $0 + ($1.property("device_type")?.string == "cpu" ? 1 : 0) }
  }

  private func findController() -> ImportedController? {
    if let borrowed { return borrowed.controller }
    for child in tree.root.children {
      let candidate = Candidate(node: child, recognition: self)
      for recogniser in NounCatalogue.controllers where !isRejected(recogniser, for: child.index) {
        guard recogniser.proposal(for: candidate) != nil,
          let kind = ImportedController.Kind(of: child)
        else { continue }
        return ImportedController(node: child.index, kind: kind)
      }
    }
    return nil
  }

  // MARK: Rejections

  func isRejected(_ recogniser: any NounRecogniser.Type, for node: Int) -> Bool {
    rejections[node]?.contains { $0.noun == recogniser.noun } ?? false
  }

  /// Takes the noun that says `node`, or a node above it, back; returns whether there was one.
  @discardableResult
  func reject(_ node: Int, because reason: String) -> Bool {
    var current: FlattenedTree.Node? = tree.nodes[node]
    while let candidate = current {
      if let claim = claims[candidate.index] {
        if !isRejected(claim, for: candidate.index) {
          rejections[candidate.index, default: []].append(
            Rejection(noun: claim.noun, reason: reason))
          // What the root has besides depends on the nouns that it has.
          finishings[0] = nil
        }
        return true
      }
      current = candidate.parent
    }
    return false
  }

  // MARK: References

  /// The node at `path`.
  func node(at path: String) -> Int? { paths[path] }

  /// A reference to a node, as the language makes it.
  func reference(to node: Int) -> Reference {
    var reference = Reference(to: Label(label(of: node)))
    reference.declared = nil
    switch knownHandles[node] ?? .label {
    case .label: labelled.insert(node)
    case .value(let noun, let at):
      reference.noun = noun
      reference.at = at
      reference.name = nil
      reference.declared = location(of: node)
    case .region(let name):
      reference.noun = "reservedMemory"
      reference.name = name
    }
    return reference
  }

  /// A reference to a node that is a noun of this kind, and a value; nil for anything else.
  func valueReference(to node: Int, noun: String) -> Reference? {
    guard case .value(let known, _) = knownHandles[node] ?? .label, known == noun else {
      return nil
    }
    return reference(to: node)
  }

  /// Whether `node` is a region that is referred to by name.
  func isRegion(_ node: Int) -> Bool {
    if case .region = knownHandles[node] ?? .label { true } else { false }
  }

  func label(of node: Int) -> String { labels[node] ?? "node_\(node)" }

  /// Notes what `node`, and all below it, refers to.
  func noteReferences(below node: FlattenedTree.Node) {
    for target in targets(below: node) { _ = reference(to: target) }
  }

  private func targets(below node: FlattenedTree.Node) -> [Int] {
    if let known = targetsBelow[node.index] { return known }
    var targets = Set<Int>()
    survey.collectTargets(of: node, into: &targets)
    for descendant in node.descendants { survey.collectTargets(of: descendant, into: &targets) }
    let sorted = targets.sorted()
    targetsBelow[node.index] = sorted
    return sorted
  }

  func location(of node: Int) -> SourceLocation {
    SourceLocation(file: "", line: node + 1, column: 1)
  }

  // MARK: Declarations

  /// Whether others refer to `node` by label, as far as is known.
  func isKnownLabel(_ node: Int) -> Bool { knownLabels.contains(node) }

  /// Notes that `node` is spelled out.
  func noteRaw(_ node: Int) { raw.insert(node) }

  /// The declaration of the component that becomes `node`, with all that has to be said besides.
  func declaration(of node: FlattenedTree.Node) -> Declaration {
    var declaration = bareDeclaration(of: node)
    guard let finishing = finishings[node.index] else { return declaration }
    declaration.name = finishing.name
    if !finishing.omissions.isEmpty { declaration.omissions = finishing.omissions }
    for name in finishing.properties {
      if let property = node.property(name), let raw = rawProperty(property) {
        declaration.additions.append(.property(raw))
      }
    }
    if finishing.statesPhandle, let property = node.property("phandle") {
      declaration.additions.append(.property(number(property)))
    }
    for child in finishing.children {
      declaration.additions.append(.node(rawNode(tree.nodes[child])))
    }
    return declaration
  }

  func bareDeclaration(of node: FlattenedTree.Node) -> Declaration {
    declared.insert(node.index)
    var declaration = Declaration(location(of: node.index))
    if knownLabels.contains(node.index) {
      var label = Label(label(of: node.index))
      label.location = nil
      declaration.label = label
    }
    return declaration
  }
}

import Diagnostics
import GuestView
import PlatformDescription
import PlatformLint
import PlatformLowering

/// One run of `dtgen build`: from a platform to judged machines, and from those to files.
struct BuildRun {
  /// What was described.
  var platform: Platform
  /// The machines that could be laid out.
  var machines: [JudgedMachine]
  /// The tables of those machines that have any.
  var tables: [BuiltTables]
  /// What is offered to the guests of those machines that their VMMs describe.
  var offers: [LoweredOffer]
  /// How many rules about several machines were asked of them.
  var togetherCount: Int
  /// The memory that those machines share.
  var shares: [LoweredShare]
  /// Whether every machine could be laid out; otherwise there is nothing to write.
  var isComplete: Bool
  /// Whether a machine has a tree and tables, which are compared.
  var isCompared: Bool {
    tables.contains { built in machines.contains { $0.lowered.name == built.lowered.name } }
  }
  /// Everything that was found, most important first, in the order of the description.
  var findings: [Finding]

  /// Lowers, writes, reads back and judges `platform`.
  ///
  /// - Parameters:
  ///   - platform: What was described.
  ///   - names: The machines that are wanted; empty for all. Those that share memory with them are judged, too, as far
  ///     as both are wrong together, and not written.
  ///   - lines: The lines of the description.
  ///   - bases: The bases that machines are merged onto, by the names of the machines.
  ///   - outputs: What is to be made besides trees.
  ///   - tableOptions: How tables are written, and of which machines.
  ///   - targets: The consumers that trees are held to.
  /// - Throws: ``Failure`` for a name that no machine has, for a base of what has no tree, for an overlay
  ///   over nothing, and for faults of dtgen.
  init(
    _ platform: Platform, machines names: [String], lines: SourceLines,
    bases: [String: BaseFile] = [:], outputs: BaseOutputs = BaseOutputs(),
    tables tableOptions: TableOptions = TableOptions(), targets: [Target] = []
  ) throws(Failure) {
    var wanted = platform
    if !names.isEmpty {
      let known = platform.virtualMachines.map(\.name)
      if let unknown = names.first(where: { !known.contains($0) }) {
        throw Failure(
          .usage,
          "'\(platform.name)' has no virtual machine '\(unknown)'; it has \(known.joined(separator: ", "))"
        )
      }
      wanted.virtualMachines.removeAll { !names.contains($0.name) }
    }
    // What a machine shares is right only beside the others that have it. One that lies on a base that nobody
    // named can't be judged.
    let companions = bases.isEmpty ? wanted.companions(in: platform) : []
    if !companions.isEmpty {
      let all = Set((wanted.virtualMachines + companions).map(\.name))
      wanted.virtualMachines = platform.virtualMachines.filter { all.contains($0.name) }
    }
    let silent = Set(companions.map(\.name))
    let lowering = Lowering(
      wanted, bases: bases.mapValues(\.tree), tables: tableOptions, of: platform)
    var machines: [JudgedMachine] = []
    var mistakes = lowering.mistakes
    for lowered in lowering.machines {
      let machine = wanted.virtualMachines.first { $0.name == lowered.name }
      let base = bases[lowered.name]
      let needsPreset = base != nil || outputs.overlays
      let building = MachineBuilding(
        lowered, preset: needsPreset ? machine.flatMap(Lowering.preset) : nil, base: base,
        lines: lines, hasTables: lowering.tables.contains { $0.name == lowered.name },
        targets: targets)
      if let judged = try building.judged(outputs, &mistakes) { machines.append(judged) }
    }
    var tables: [BuiltTables] = []
    for lowered in lowering.tables { tables.append(try BuiltTables(lowered)) }
    if let machine = tables.first(where: { !$0.lowered.hasTree && bases[$0.lowered.name] != nil }) {
      throw Failure(
        .usage,
        "'\(machine.lowered.name)' finds its devices in ACPI tables, and has no tree to merge onto a base"
      )
    }
    offers = lowering.offers.filter { !silent.contains($0.name) }
    if let offer = offers.first(where: { bases[$0.name] != nil }) {
      throw Failure(
        .usage, "'\(offer.name)' has no tree to merge onto a base: \(offer.reason)")
    }
    let laidOut = machines
    shares = LoweredShare.all(in: machines.map(\.lowered), tables: lowering.tables)
    let together = try MachinesTogether(
      machines, declared: shares.compactMap { DeclaredShare($0, among: laidOut) }, lines)
    machines = together.machines.filter { !silent.contains($0.lowered.name) }
    togetherCount = together.ruleCount
    let besides = together.machines.filter { silent.contains($0.lowered.name) }
      .flatMap(\.findings).filter { Self.idsOfMachines.contains($0.rule) }
    self.platform = platform
    self.machines = machines
    isComplete = mistakes.isEmpty
    tables.removeAll { silent.contains($0.lowered.name) }
    self.tables = tables
    var all = mistakes.map { Finding($0, lines) } + machines.flatMap(\.findings) + besides
    for built in tables {
      let machine = wanted.virtualMachines.first { $0.name == built.lowered.name }
      all += try built.findings(
        on: machine?.architecture, beside: machines.first { $0.lowered.name == built.lowered.name },
        lines)
    }
    if outputs.archives { all += tables.flatMap(\.archiveFindings) }
    findings = Self.sorted(all)
  }

  /// Adds what was found in something that was made of the machines.
  mutating func add(_ more: [Finding]) { findings = Self.sorted(findings + more) }

  /// The rules about several machines.
  private static let idsOfMachines = Set(RuleCatalogue.forMachines.map { $0.id })

  /// A stable sort by severity alone keeps the order of the description within each.
  private static func sorted(_ findings: [Finding]) -> [Finding] {
    findings.enumerated()
      .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
      .map(\.element)
  }
}

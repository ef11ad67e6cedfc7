import DeviceTree
import Diagnostics
import PlatformDescription
import PlatformLint
import PlatformLowering

/// What is made of a machine besides its tree.
struct BaseOutputs {
  /// Whether the tree has labels for overlays to use.
  var symbols = false
  /// Whether an overlay is made.
  var overlays = false
  /// Whether an archive for an initrd is made of its tables.
  var archives = false
}

/// One machine on its way from its description to what is written: merged onto its base, judged, and
/// compared with what an overlay goes over.
struct MachineBuilding {
  private let lowered: LoweredMachine
  private let preset: LoweredMachine?
  private let base: BaseFile?
  private let lines: SourceLines
  private let hasTables: Bool
  private let targets: [Target]

  init(
    _ lowered: LoweredMachine, preset: LoweredMachine?, base: BaseFile?, lines: SourceLines,
    hasTables: Bool = false, targets: [Target] = []
  ) {
    self.targets = targets
    self.hasTables = hasTables
    self.lowered = lowered
    self.preset = preset
    self.base = base
    self.lines = lines
  }

  /// The machine with its findings; nil where it doesn't go with its base, for the reasons that are
  /// added to `mistakes`.
  ///
  /// - Throws: ``Failure`` for an overlay over nothing, and for faults of dtgen.
  func judged(
    _ outputs: BaseOutputs, _ mistakes: inout [Mistake]
  ) throws(Failure) -> JudgedMachine? {
    var machine = lowered
    var machineBase: MachineBase?
    if let base {
      let based = BasedMachine(lowered, onto: base.tree, preset: preset)
      mistakes += based.mistakes
      guard let merged = based.machine else { return nil }
      machine = merged
      machineBase = MachineBase(base, based)
    }
    let plain = machine
    if outputs.symbols { machine.tree = machine.tree.adding(symbols: machine.symbols) }
    var judged = try JudgedMachine(
      machine, lines, base: machineBase, hasTables: hasTables, targets: targets)
    if outputs.overlays {
      let overlay = try overlay(for: plain, machineBase)
      let below = machineBase?.file.tree ?? preset?.tree
      judged.findings += overlay.findings
      judged.findings += (below.map(lowered.beyondOverlays) ?? []).map { Finding($0, lines) }
      judged.overlay = overlay
    }
    return judged
  }

  private func overlay(
    for machine: LoweredMachine, _ machineBase: MachineBase?
  ) throws(Failure) -> BuiltOverlay {
    if let machineBase {
      return try BuiltOverlay(
        over: machineBase.file.tree, file: machineBase.file.path, for: machine, gone: [],
        stated: machine.statedPhandles,
        FindingSources(machine.origins, lines, base: machineBase))
    }
    guard let preset else {
      throw Failure(
        .usage,
        "'\(machine.name)' is written out, so nothing tells what its overlay goes over; give the tree "
          + "that the VMM dumps: --base FILE")
    }
    // Merged, so that the preset's nodes keep their phandles. A phandle that the description states
    // is none that an overlay could keep.
    var machine = machine
    machine.statedPhandles = []
    // What the preset has and the description leaves out is told from their difference.
    machine.omissions = []
    let based = BasedMachine(machine, onto: preset.tree, preset: nil)
    guard let merged = based.machine else {
      throw Failure(
        .internalError,
        "\(machine.name): doesn't go with its own preset: "
          + (based.mistakes.first?.message ?? ""))
    }
    let gone = preset.tree.difference(to: machine.tree, references: machine.references).filter {
      $0.kind == .nodeRemoved || $0.kind == .propertyRemoved
    }
    return try BuiltOverlay(
      over: preset.tree, file: nil, for: merged, gone: gone,
      stated: lowered.statedPhandles, FindingSources(machine.origins, lines))
  }
}

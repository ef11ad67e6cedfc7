import DeviceTree
import Diagnostics
import GuestView
import PlatformDescription
import PlatformLint
import PlatformLowering

/// A virtual machine that has been laid out, written, read back and judged.
struct JudgedMachine {
  /// What the description became.
  var lowered: LoweredMachine
  /// The flattened tree, byte for byte as the guest will see it.
  var bytes: [UInt8]
  /// What a guest makes of those bytes.
  var view: GuestView
  /// What the checker said, with the lines of the description.
  var findings: [Finding]
  /// The rules that lacked an input.
  var skipped: [String]
  /// The base that it was merged onto.
  var base: MachineBase?
  /// The overlay, where one was asked for.
  var overlay: BuiltOverlay?

  /// The name of the tree's file.
  var fileName: String { lowered.name + ".dtb" }

  /// How many processors its tree has.
  var processorCount: Int {
    view.tree.node(at: "/cpus")?.children
      .filter { $0.property("device_type")?.string == "cpu" }.count ?? 0
  }

  /// Leads findings back to the description.
  var sources: FindingSources

  /// Writes and judges `lowered`.
  ///
  /// `lines` are those of its description, and `hasTables` is whether its guest has
  /// ACPI tables besides. `targets` are the consumers that the tree is held to.
  ///
  /// - Throws: ``Failure`` where libfdt refuses a tree, or our reader what libfdt wrote: both are
  ///   faults of dtgen, since the lowering refuses what can't be written.
  init(
    _ lowered: LoweredMachine, _ lines: SourceLines, base: MachineBase? = nil,
    hasTables: Bool = false, targets: [Target] = []
  ) throws(Failure) {
    self.lowered = lowered
    self.base = base
    let tree: FlattenedTree
    do {
      bytes = try lowered.tree.flattened()
      tree = try FlattenedTree(bytes)
    } catch {
      throw Failure(.internalError, "\(lowered.name): the tree can't be written: \(error)")
    }
    let features = DeviceFeatures(lowered.devices)
    view = GuestView(tree: tree, features: features)
    let judge = Judge(targets: targets, rules: RuleCatalogue.forDescriptions(targets))
    let report = judge.report(on: view)
    skipped = report.skipped.map(\.rule)
    sources = FindingSources(lowered.origins, lines, base: base)
    let sources = sources
    let file = lowered.name + ".dtb"
    findings = report.findings.map { sources.attach(to: $0, file: file) }
    if let base { findings += base.findings(sources, in: view, file: file) }
    findings += sources.unusedAllowances(findings, hasTables: hasTables)
  }
}

import ACPI
import ArgumentParser
import DeviceTree
import Diagnostics
import GuestView
import PlatformDescription
import PlatformLint
import PlatformLowering
import VMMInterface

/// `dtgen build`: from a description to files that a VMM takes.
struct Build: ParsableCommand {
  /// What can be written.
  enum Emission: String, CaseIterable, ExpressibleByArgument {
    case dtb, dtbo, dts, aml, asl, acpi, cpio, json, features, facts, xen
    case fwCfg = "fw-cfg"

    /// Whether it is made of a device tree.
    var isOfTree: Bool { [.dtb, .dtbo, .dts].contains(self) }
    /// Whether it is made of ACPI tables.
    var isOfTables: Bool { [.aml, .asl, .acpi, .cpio, .fwCfg].contains(self) }
  }

  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Emit what a description's guests will see, and judge it.",
    discussion: """
      A description is one or more Swift files that define one global, `platform`; a directory \
      stands for the Swift files in it. A model in JSON, as --emit json writes it, is taken too, \
      and needs no Swift toolchain; '-' reads one from standard input.

      For each virtual machine one file is written, named after it: a device tree, or ACPI tables \
      where its firmware is .acpi, or what its devices have to offer where its VMM describes it, as on ppc64 \
      and s390x. A tree is read back and judged as a Linux guest would take it; \
      findings point at the line of the description. Where there is one at or above --fail-on, nothing \
      is written and the exit status is 1. What an earlier build wrote is replaced; a tree of another \
      tool's is not, unless --force says so.

      The description is evaluated without rights: it can't read files, open sockets or start \
      programs.
      """)

  @Argument(
    help: "The description: Swift files, a directory with them, or a model in JSON.",
    completion: .file(extensions: ["swift", "json"]))
  var sources: [String]

  @Option(
    name: .shortAndLong, help: "The directory to write to, made if need be.",
    completion: .directory)
  var output = "."

  @Option(name: .customLong("vm"), help: "Build only this virtual machine; may be repeated.")
  var machines: [String] = []

  @Option(
    name: .customLong("emit"),
    help: ArgumentHelp(
      """
      What to write: dtb (unless you say otherwise), dtbo (an overlay for the base, or for what the \
      preset alone is), dts (annotated), json (the model); of ACPI tables aml (each in a file, and \
      what machines without a tree get unless you say otherwise), asl (the SSDT as text), acpi (all in \
      one file), cpio (an archive to put in front of an initrd), fw-cfg (a complete set, as QEMU's \
      firmware takes it); features (what each virtio device has to offer, with the arguments that \
      make VMMs offer it); facts (the layout of all machines in tables, as JSON and as C for a \
      hypervisor without a parser); and xen (an overlay for the tree that Xen boots with, which tells it of \
      memory that its domains share, and the same as text). Several separated by commas, or the option repeated.
      """,
      valueName: "kinds"),
    transform: Self.emissions)
  var emitted: [[Emission]] = []

  @Flag(
    help: "Write what devices have in common once: smaller tables, which look unlike those of VMMs."
  )
  var compact = false

  @Option(
    help: ArgumentHelp(
      "Where the VMM puts the file with a complete set of ACPI tables, for the pointers in it.",
      valueName: "address"),
    transform: Self.address)
  var tablesAt: UInt64?

  @Option(
    name: .customLong("host-map"),
    help: ArgumentHelp(
      """
      Where the host has the memory of each machine, for --emit xen, in JSON or JSON5; without it Xen chooses. \
      schemas/host-map.schema.json describes it.
      """, valueName: "file"),
    completion: .file(extensions: ["json", "json5"]))
  var hostMap: String?

  @Flag(
    help: """
      Write the files even where findings fail the run, and where a tree that dtgen didn't write is in \
      their place.
      """)
  var force = false

  @Option(
    name: .customLong("profile"),
    help: ArgumentHelp(
      """
      Hold the trees also to those who take them: linux-6.1, pvmfw, and what 'dtgen rules --profile \
      list' names; may be repeated.
      """, valueName: "profile"),
    completion: .list(ProfileSetting.names),
    transform: { try ProfileSetting(named: $0) })
  var profiles: [ProfileSetting] = []

  @OptionGroup(title: "Base")
  var base: BaseOptions

  @OptionGroup(title: "Report")
  var report: ReportOptions

  @OptionGroup(title: "Evaluation")
  var evaluation: EvaluationOptions

  private static func emissions(_ text: String) throws -> [Emission] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map {
      guard let emission = Emission(rawValue: String($0)) else {
        throw ValidationError(
          "'\($0)' can't be emitted; dtb, dtbo, dts, aml, asl, acpi, cpio, fw-cfg, json, features, facts and xen can."
        )
      }
      return emission
    }
  }

  private static func address(_ text: String) throws -> UInt64 {
    let isHexadecimal = text.hasPrefix("0x")
    let digits = text.filter { $0 != "_" }.dropFirst(isHexadecimal ? 2 : 0)
    guard let address = UInt64(digits, radix: isHexadecimal ? 16 : 10) else {
      throw ValidationError("'\(text)' is no address; 0x4000_0000 is one.")
    }
    // ACPI 6.5, section 5.2.5.1: what starts there is the RSDP.
    guard address != 0, address.isMultiple(of: 16) else {
      throw ValidationError(
        "'\(text)' can't be where tables start: a multiple of 16 bytes can, other than 0.")
    }
    return address
  }

  /// The consumers that trees are held to.
  private var targets: [Target] { profiles.compactMap(\.target) }

  /// The kinds that are wanted.
  private var emit: Set<Emission> { emitted.isEmpty ? [.dtb, .aml] : Set(emitted.joined()) }

  func validate() throws {
    try ProfileSetting.check(profiles)
    if profiles.contains(where: { $0.target == nil }) {
      throw ValidationError(
        "--profile: what a description describes is a virtual machine; name who takes its tree.")
    }
    if sources.isEmpty { throw ValidationError("Name a description: dtgen build platform.swift") }
    if sources.contains("") { throw ValidationError("The name of a description is empty.") }
    if hostMap != nil, !emit.contains(.xen) {
      throw ValidationError("--host-map tells Xen where memory is, and needs --emit xen.")
    }
    if output.isEmpty { throw ValidationError("The name of the output directory is empty.") }
    if let tree = sources.first(where: { $0.hasSuffix(".dtb") }) {
      throw ValidationError(
        """
        \(tree) is a device tree, not a description: dtgen lint \(tree) judges it, and dtgen import \
        \(tree) describes it
        """)
    }
  }

  func run() throws {
    try reportingFailures {
      let platform = try evaluation.platform(from: sources)
      let lines = SourceLines()
      var run = try BuildRun(
        platform, machines: machines, lines: lines,
        bases: base.files(for: platform, machines: machines),
        outputs: BaseOutputs(
          symbols: base.symbols, overlays: emit.contains(.dtbo),
          archives: emit.contains(.cpio)),
        tables: TableOptions(
          isCompact: compact,
          includesTrees: !emitted.isEmpty && emit.contains(where: \.isOfTables)),
        targets: targets)
      try checkEmission(of: run)
      for machine in run.machines {
        for remark in targets.remarks(on: machine.view) {
          StandardStream.error.writeLine("dtgen: \(machine.fileName): \(remark)")
        }
      }
      let xen = try emit.contains(.xen) && run.isComplete ? xenOverlay(of: &run, lines) : nil
      UntilExit.keep(run)
      let status = report.status(of: run.findings)
      var written: [BuildReport.File] = []
      if run.isComplete, status == .clean || force {
        written = try write(run, xen)
      }
      switch report.format {
      case .text: printText(run, written, lines)
      case .json: StandardStream.output.write(try BuildReport(run, written).json())
      }
      return status
    }
  }

  /// Makes sure that there is something of what was asked for.
  private func checkEmission(of run: BuildRun) throws(Failure) {
    if tablesAt != nil, run.isComplete {
      guard run.tables.contains(where: \.lowered.isComplete) else {
        throw Failure(
          .usage,
          "--tables-at has no effect: no virtual machine of '\(run.platform.name)' has a complete set of "
            + "tables, as 'firmware: .hardwareReducedACPI' makes it")
      }
      guard !emit.isDisjoint(with: [.acpi, .aml, .asl]) else {
        throw Failure(
          .usage, "--tables-at has no effect on what is emitted: acpi, aml and asl have addresses")
      }
    }
    guard !emitted.isEmpty, run.isComplete else { return }
    if emit.contains(.facts) { try run.checkTreesForFacts() }
    if run.machines.isEmpty, run.tables.isEmpty, let offer = run.offers.first,
      let kind = Emission.allCases.first(where: {
        emit.contains($0) && ($0.isOfTree || $0.isOfTables)
      })
    {
      throw Failure(
        .usage,
        "--emit \(kind): '\(offer.name)' is \(offer.architecture.rawValue), and has neither tree nor tables: "
          + "\(offer.reason); --emit features writes what its devices have to offer")
    }
    if run.machines.isEmpty,
      let kind = Emission.allCases.first(where: { emit.contains($0) && $0.isOfTree })
    {
      throw Failure(
        .usage,
        "no virtual machine of '\(run.platform.name)' has a device tree, of which --emit \(kind) is made; "
          + "--emit aml writes its tables")
    }
  }

  /// The overlay for Xen; what there is to say of it is added to what was found.
  private func xenOverlay(
    of run: inout BuildRun, _ lines: SourceLines
  ) throws(Failure) -> [UInt8] {
    let names = run.machines.map(\.fileName)
    let map = try hostMap.map { (path) throws(Failure) in
      try HostMapFile.load(path, machines: names)
    }
    let (bytes, findings) = try run.xenSharing(map, lines)
    run.add(findings)
    return bytes
  }

  private func write(
    _ run: BuildRun, _ xen: [UInt8]?
  ) throws(Failure) -> [BuildReport.File] {
    try OutputFiles.makeDirectory(output)
    var output = OutputFiles()
    var files: [BuildReport.File] = []
    func add(_ name: String, _ machine: String?, _ bytes: [UInt8]) {
      let path = self.output == "." ? name : self.output + "/" + name
      output.add(path, bytes)
      files.append(.init(path: path, virtualMachine: machine, bytes: bytes.count))
    }
    for machine in run.machines {
      if emit.contains(.dtb) { add(machine.fileName, machine.lowered.name, machine.bytes) }
      if let overlay = machine.overlay {
        add(machine.lowered.name + ".dtbo", machine.lowered.name, overlay.bytes)
      }
      if emit.contains(.dts) {
        let text = machine.view.tree.sourceText(options: SourceTextOptions(annotated: true))
        add(machine.lowered.name + ".dts", machine.lowered.name, Array(text.utf8))
      }
    }
    for tables in run.tables {
      let name = tables.lowered.name
      for table in try tables.files(at: tablesAt) {
        if emit.contains(.aml) { add("\(name)-\(table.stem).aml", name, table.bytes) }
        if emit.contains(.asl), let text = table.table.sourceText {
          add("\(name)-\(table.stem).asl", name, Array(text.utf8))
        }
      }
      if emit.contains(.acpi) { add("\(name)-acpi.bin", name, try tables.joined(at: tablesAt)) }
      if emit.contains(.fwCfg) {
        let files = try tables.firmwareFiles()
        add("\(name)-acpi-tables.bin", name, files.tables)
        add("\(name)-acpi-rsdp.bin", name, files.rsdp)
        add("\(name)-table-loader.bin", name, files.loader)
      }
      if emit.contains(.cpio) { add("\(name)-acpi.cpio", name, tables.archive) }
    }
    if emit.contains(.features) || emitted.isEmpty {
      for machine in run.platform.virtualMachines {
        // Of a machine that its VMM describes there is nothing else.
        guard emit.contains(.features) || machine.isDescribedByVMM,
          let features = run.features(of: machine)
        else { continue }
        add("\(machine.name)-features.json", machine.name, try JSONText.encode(features))
      }
    }
    if emit.contains(.facts) {
      let facts = try run.facts()
      let stem = try fileName(of: run.platform, "-facts")
      add(stem + ".json", nil, try JSONText.encode(facts))
      add(stem + ".c", nil, Array(facts.cSource.utf8))
      add(PlatformFacts.cHeaderName, nil, Array(PlatformFacts.cHeader.utf8))
    }
    if let xen {
      let stem = try fileName(of: run.platform, "-xen")
      add(stem + ".dtbo", nil, xen)
      do throws(DeviceTreeError) {
        let text = try FlattenedTree(xen).sourceText(options: SourceTextOptions(annotated: false))
        add(stem + ".dts", nil, Array(text.utf8))
      } catch {
        throw Failure(.internalError, "the overlay for Xen can't be read: \(error)")
      }
    }
    if emit.contains(.json) {
      guard let json = try? run.platform.json() else {
        throw Failure(.internalError, "the model can't be encoded")
      }
      add(try fileName(of: run.platform, ".json"), nil, json)
    }
    try output.refuseOverwriting(sources + run.machines.compactMap(\.base?.file.path))
    if !force { try output.refuseReplacingForeignTrees() }
    try output.write()
    return files
  }

  private static let named = [".json": "the model is", "-xen": "what Xen is told is"]

  private func fileName(of platform: Platform, _ end: String) throws(Failure) -> String {
    guard !platform.name.isEmpty, !platform.name.contains("/"), platform.name.first != "." else {
      throw Failure(
        .badInput,
        "'\(platform.name)' can't name a file; \(Self.named[end] ?? "facts are") named after it"
      )
    }
    return platform.name + end
  }

  private func printText(
    _ run: BuildRun, _ written: [BuildReport.File], _ lines: SourceLines
  ) {
    let findings = TextReport(
      style: StandardStream.error.style(report.colour.setting), sourceLine: lines.line)
    StandardStream.error.write(findings.text(for: run.findings, all: report.showsAll))
    if report.quiet { return }
    let style = StandardStream.output.style(report.colour.setting)
    for machine in run.machines {
      let own = written.filter { $0.virtualMachine == machine.lowered.name }
      StandardStream.output.write(
        Summary(machine, style: style).text(written: own.map { ($0.path, $0.bytes) }))
    }
    for tables in run.tables {
      let hasTree = tables.lowered.hasTree
      let own = hasTree ? [] : written.filter { $0.virtualMachine == tables.lowered.name }
      StandardStream.output.write(
        TableSummary(tables, style: style).text(
          written: own.map { ($0.path, $0.bytes) }, hasHeading: !hasTree))
    }
    for offer in run.offers {
      let own = written.filter { $0.virtualMachine == offer.name }
      StandardStream.output.write(
        OfferSummary(offer, style: style).text(written: own.map { ($0.path, $0.bytes) }))
    }
    StandardStream.output.write(SharingSummary(run.shares, style: style).text)
    for file in written where file.virtualMachine == nil {
      StandardStream.output.write("  wrote  \(file.path)  \(style.dim("\(file.bytes) bytes"))\n\n")
    }
    StandardStream.output.write(
      Verdict(findings: run.findings, skipped: run.machines.flatMap(\.skipped)).text(
        style: style, judged: !run.machines.isEmpty, tables: !run.tables.isEmpty,
        unjudged: !run.offers.isEmpty, together: run.togetherCount, compared: run.isCompared,
        targets: targets,
        nothingWritten: written.isEmpty) + "\n")
  }
}

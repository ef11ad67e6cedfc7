import DeviceTree
import Diagnostics
import PlatformLowering

/// The overlay that makes a description's tree of a base.
struct BuiltOverlay {
  /// The overlay and what there is to say of it.
  var overlay: DerivedOverlay
  /// Its bytes.
  var bytes: [UInt8]
  /// What there is to say of it, with the lines of the description.
  var findings: [Finding]

  /// Makes the overlay, and lays it over the base to see that the wanted tree comes of it.
  ///
  /// - Parameters:
  ///   - base: What it will be laid over.
  ///   - file: The file of the base; nil for the tree of a preset, whose numbers are nobody's.
  ///   - machine: The machine merged onto the base.
  ///   - gone: What the base has and the description lacks.
  ///   - stated: The nodes whose phandle the description states.
  ///   - sources: Leads places back to the description.
  /// - Throws: ``Failure`` where the overlay can't be written, or doesn't do what it should: faults of
  ///   dtgen.
  init(
    over base: Tree, file: String?, for machine: LoweredMachine, gone: [TreeDifference],
    stated: Set<String>, _ sources: FindingSources
  ) throws(Failure) {
    overlay = DerivedOverlay(
      from: base, to: machine.tree, references: machine.references, symbols: machine.symbols)
    let renumbered: [String]
    do {
      bytes = try overlay.tree.flattened()
      let flattened = try FlattenedTree(base.flattened())
      renumbered = stated.sorted().filter { flattened.node(at: $0) == nil }
      var application = try OverlayApplication(base: flattened)
      try application.apply(FlattenedTree(bytes))
      var result = Tree(try application.result().tree)
      // Labels are for other overlays; the guest makes nothing of them.
      result.root.children.removeAll { $0.name == "__symbols__" }
      var wanted = machine.tree
      wanted.root.children.removeAll { $0.name == "__symbols__" }
      // What stands outside of the nodes is no part of an overlay, and is said where it was written.
      wanted.memoryReservations = result.memoryReservations
      wanted.bootCPU = result.bootCPU
      // What it can't take away is warned of.
      let kept = Set(overlay.unremovable.map { Kept($0) })
      let difference = wanted.difference(to: result, references: machine.references).filter {
        ![.propertyAdded, .nodeAdded].contains($0.kind) || !kept.contains(Kept($0))
      }
      if let first = difference.first {
        throw Failure(
          .internalError, "\(machine.name): the overlay doesn't make the wanted tree: \(first)")
      }
    } catch let error as DeviceTreeError {
      throw Failure(.internalError, "\(machine.name): the overlay can't be written: \(error)")
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.internalError, "\(machine.name): \(error)")
    }
    findings = Self.findings(overlay, gone, file, machine, sources)
    findings += renumbered.map { path in
      sources.attach(
        to: Finding(
          rule: "description/overlay-renumbers", severity: .warning,
          message: "whoever lays the overlay over its base gives this node another phandle",
          place: Place(node: path, property: "phandle"),
          help: "refer to the node by its label, or emit a dtb"), file: machine.name + ".dtbo")
    }
  }

  /// What stays in the base though nobody wants it.
  private struct Kept: Hashable {
    let node: String
    let property: String?

    init(_ difference: TreeDifference) {
      node = difference.node
      property = difference.property
    }
  }

  private static func findings(
    _ overlay: DerivedOverlay, _ gone: [TreeDifference], _ file: String?,
    _ machine: LoweredMachine, _ sources: FindingSources
  ) -> [Finding] {
    let name = machine.name + ".dtbo"
    func finding(
      _ rule: String, _ severity: Severity, _ message: String, _ node: String, _ property: String?,
      help: String
    ) -> Finding {
      sources.attach(
        to: Finding(
          rule: "description/" + rule, severity: severity, message: message,
          place: Place(node: node, property: property), help: help), file: name)
    }
    var findings = (gone + overlay.unremovable).map {
      finding(
        "overlay-keeps", .warning,
        "the base has this and the description hasn't; an overlay can't take it away", $0.node,
        $0.property, help: "emit a dtb, or describe it")
    }
    findings += overlay.numbered.map { reference in
      guard let file else {
        return finding(
          "overlay-needs-base", .error,
          "the overlay would have to refer to \(reference.target) by a number that only the VMM knows",
          reference.node, reference.property,
          help: "give the tree that the VMM dumps: --base FILE")
      }
      return finding(
        "overlay-fits-one-base", .note,
        "refers to \(reference.target) by its phandle in \(file): the overlay fits this base alone",
        reference.node, reference.property,
        help: "give a base with labels, as dtc -@ writes them")
    }
    if overlay.fragments.isEmpty {
      findings.append(
        finding(
          "overlay-empty", .warning, "the base has all that is described; the overlay is empty",
          "/",
          nil, help: "leave the overlay out"))
    }
    return findings
  }
}

import DeviceTree
import Diagnostics
import GuestView
import PlatformDescription
import PlatformLowering

/// The base that a machine was merged onto, and how.
struct MachineBase {
  var file: BaseFile
  var based: BasedMachine

  /// Where a node that only the base has stands in the base's file; nil for nodes of the description.
  func place(of place: Place) -> Place? {
    guard let path = place.node, hasAlone(path),
      let node = file.flattened.node(at: path)
    else { return nil }
    var place = place
    place.file = file.path
    place.source = nil
    let property = place.property.flatMap(node.property)
    place.byteOffset = property?.byteRange.lowerBound ?? node.nameByteRange.lowerBound
    if let cell = place.cell, let property {
      place.byteOffset = property.byteRange(ofCell: cell).lowerBound
    }
    return place
  }

  /// Whether the node at `path` is the base's alone.
  func hasAlone(_ path: String) -> Bool { !described.contains(path) }

  private let described: Set<String>

  init(_ file: BaseFile, _ based: BasedMachine) {
    self.file = file
    self.based = based
    described = Set(based.merge.paths.values)
  }

  /// The devices that only the base has, and that are no empty slots of the machine.
  ///
  /// The description says what all others offer, and the rules take what it doesn't name for slots.
  private func strangers(in view: GuestView) -> [String] {
    let slots = based.machine?.slots ?? []
    return view.dmaDevices.filter { device in
      guard device.kind == .virtioMMIO, hasAlone(device.node.path), device.memoryRegion == nil,
        case .allMemory = device.outcome
      else { return false }
      let address = device.node.unitAddress.flatMap { UInt64($0, radix: 16) }
      return !(address.map { slots.contains(GuestAddress($0)) } ?? false)
    }.map(\.node.path)
  }

  /// What the base says otherwise, what the machine has and the base lacks, and devices that nobody
  /// described.
  func findings(_ sources: FindingSources, in view: GuestView, file name: String) -> [Finding] {
    var findings = strangers(in: view).map { path in
      sources.attach(
        to: Finding(
          rule: "description/base-device", severity: .warning,
          message:
            "the base has a virtio device here that is not described, and nothing confines it",
          place: Place(node: path),
          help: "describe the device, or dump the base without it"), file: name)
    }
    findings += based.missing.map { path in
      sources.attach(
        to: Finding(
          rule: "description/base-lacks", severity: .warning,
          message: "the machine always has this, and its base has not", place: Place(node: path),
          help: "dump the base from the machine that is described",
          related: [.init("is the base", at: Place(file: file.path))]), file: name)
    }
    findings += based.merge.replaced.map { property in
      let place = Place(node: property.node, property: property.property)
      return sources.attach(
        to: Finding(
          rule: "description/base-replaced",
          severity: Self.isHardware(property.property) ? .warning : .note,
          message: "the base has another value here; the description's is taken", place: place,
          found: "in the base \(Self.text(property.before))",
          expected: Self.text(property.after),
          help: "describe what the VMM makes, or dump the base again",
          related: [.init("is the base", at: Place(file: file.path))]), file: name)
    }
    findings += based.merge.omitted.map { property in
      sources.attach(
        to: Finding(
          rule: "description/base-replaced", severity: .note,
          message: "the base has \(property.property) here; the description leaves it out",
          place: Place(node: property.node),
          found: property.before.bytes.isEmpty ? nil : "in the base \(Self.text(property.before))",
          help: "leave '.omitting' or '.nonCoherent()' out to keep it",
          related: [.init("is the base", at: Place(file: file.path))]), file: name)
    }
    if let state = based.merge.bootCPU {
      findings.append(
        sources.attach(
          to: Finding(
            rule: "description/base-replaced", severity: .note,
            message: "the base has another boot CPU; the description's is taken",
            place: Place(node: "/"), found: "in the base \(state.before)",
            expected: "\(state.after)", help: "describe what the VMM makes, or dump the base again",
            related: [.init("is the base", at: Place(file: file.path))]), file: name))
    }
    findings += disabled(in: view).map { node in
      sources.attach(
        to: Finding(
          rule: "description/base-disables", severity: .warning,
          message: "the base disables what is described here: the guest makes no device of it",
          place: Place(node: node.path),
          found: "status is \(node.property("status")?.string ?? "odd")",
          help: "dump the base from the machine that is described, or set status here: "
            + ".adding { Property(\"status\", \"okay\") }",
          related: [.init("is the base", at: Place(file: file.path))]), file: name)
    }
    return findings
  }

  /// The nodes of described VirtIO devices, or those above them, that the base alone disables.
  private func disabled(in view: GuestView) -> [FlattenedTree.Node] {
    var seen = Set<Int>()
    var result: [FlattenedTree.Node] = []
    for device in based.machine?.devices ?? [] {
      var node = view.tree.node(at: device.path)
      while let current = node {
        node = current.parent
        guard let status = file.flattened.node(at: current.path)?.property("status"),
          current.property("status")?.bytes.elementsEqual(status.bytes) == true,
          !["okay", "ok"].contains(status.string ?? ""), seen.insert(current.index).inserted
        else { continue }
        result.append(current)
      }
    }
    return result
  }

  /// What the VMM alone decides, whatever a description says.
  private static func isHardware(_ property: String) -> Bool {
    ["compatible", "reg", "ranges", "dma-ranges", "interrupts", "interrupt-map"].contains(property)
  }

  private static func text(_ value: PropertyValue) -> String {
    let most = 8
    if value.bytes.isEmpty { return "no value" }
    if let text = value.text, !text.isEmpty { return "\"\(text)\"" }
    guard value.bytes.count % 4 == 0 else { return "\(value.bytes.count) bytes" }
    let cells = stride(from: 0, to: min(value.bytes.count, 4 * most), by: 4).map {
      "0x" + String(value.cell(at: $0) ?? 0, radix: 16)
    }
    return "<\(cells.joined(separator: " "))\(value.bytes.count > 4 * most ? " …" : "")>"
  }
}

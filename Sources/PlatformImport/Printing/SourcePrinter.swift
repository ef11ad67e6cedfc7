import PlatformDescription

/// Writes a model as a person would write it.
struct SourcePrinter {
  /// What stands in comments, by the place of what it is about.
  var notes: [SourceLocation: [String]] = [:]
  /// Where the entries of a list of cells start, by the place of the property.
  var entries: [SourceLocation: [Int]] = [:]
  /// The path of the node that a component becomes, by the place of the component.
  var paths: [SourceLocation: String] = [:]
  /// Lines of comment at the top.
  var header: [String] = []

  private var names = Names()
  private var globals: [Global] = []

  init() {}

  /// The text of a description of `platform`.
  mutating func text(of platform: Platform) -> String {
    let survey = ReferenceSurvey(platform)
    for label in survey.labels { names.declare(label: label) }
    for machine in platform.virtualMachines {
      declareValues(machine.elements, survey)
    }
    let machines = platform.virtualMachines.map { statement(of: $0) }
    var root = Global(
      name: "platform",
      form: .value(Call("Platform", [Argument(Literals.string(platform.name))], block: machines)))
    let values = globals
    globals = []
    var pieces = Pieces(names: names)
    pieces.split(&root)
    var valuesSplit: [Global] = []
    for var value in values {
      pieces.split(&value)
      valuesSplit.append(value)
    }
    names = pieces.names
    return write(root, values: valuesSplit, parts: pieces.globals)
  }

  private func write(_ root: Global, values: [Global], parts: [Global]) -> String {
    var writer = CodeWriter()
    for line in header { writer.comment(line) }
    if !header.isEmpty { writer.blank() }
    writer.write(import: "PlatformDescription")
    if !names.declaredLabels.isEmpty {
      writer.blank()
      for (identifier, label) in names.declaredLabels {
        writer.write(
          Global(
            name: identifier,
            form: .value(Call("Label", [Argument(Literals.string(label))]))))
      }
    }
    for global in values + [root] + parts {
      writer.blank()
      writer.write(global)
    }
    return writer.text
  }

  // MARK: Values that others refer to

  /// Makes a global of each noun that is referred to as a value.
  private mutating func declareValues(_ elements: [Element], _ survey: ReferenceSurvey) {
    for element in elements {
      let declaration = element.declaration
      let noun = element.component as? any SourceNoun
      declareValues(noun?.contained ?? [], survey)
      if let region = element.component as? any MemoryRegion {
        guard survey.regions.contains(region.name) else { continue }
        let name = names.declare(region: region.name)
        globals.append(value(name, element))
      } else if let location = declaration.location, survey.values.contains(location) {
        let name = names.declare(value: location, wanted: wantedNames(of: element, survey))
        globals.append(value(name, element))
      }
    }
  }

  /// An alias says best what a device is called, then its node.
  private func wantedNames(of element: Element, _ survey: ReferenceSurvey) -> [String] {
    let location = element.declaration.location
    let alias = location.flatMap { survey.aliases[$0] }
    let node = location.flatMap { paths[$0] }.map { String($0.split(separator: "/").last ?? "") }
    let name = node.map { String($0.prefix { $0 != "@" }) } ?? element.noun
    let address = (element.component as? any Referable)?.referenceAddress.map {
      name + "-" + String($0.value, radix: 16)
    }
    return [alias, name, address].compactMap { $0 }
  }

  private func value(_ name: String, _ element: Element) -> Global {
    let location = element.declaration.location
    return Global(
      comments: location.flatMap { notes[$0] } ?? [], name: name,
      form: .value(call(of: element)))
  }

  // MARK: Machines and elements

  private func statement(of machine: VirtualMachine) -> Statement {
    var arguments = [Argument(Literals.string(machine.name))]
    if let preset = machine.machine {
      arguments.append(Argument("on", MachineText.text(of: preset)))
      arguments.append(Argument("cpus", "\(preset.cpus)"))
      arguments.append(Argument("memory", Literals.size(preset.memory)))
    } else {
      arguments.append(Argument("architecture", ".\(machine.architecture.rawValue)"))
    }
    if let compatible = machine.compatible {
      arguments.append(Argument("compatible", NounText(names: names).strings(compatible)))
    }
    var call = Call("VirtualMachine", arguments, block: statements(of: machine.elements))
    if let id = machine.bootCPU {
      call.modifiers.append(Call("bootCPU", [Argument(Literals.cell(id))]))
    }
    call.modifiers += modifiers(of: machine.declaration)
    return Statement(call)
  }

  private func statements(of elements: [Element]) -> [Statement] {
    var result: [Statement] = []
    var rest = elements[...]
    while let element = rest.first {
      if let run = SlotRun(rest, isReferred: { names.identifier(ofValue: $0) != nil }) {
        result.append(run.statement)
        rest = rest.dropFirst(run.count)
      } else {
        result.append(statement(of: element))
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private func statement(of element: Element) -> Statement {
    let location = element.declaration.location
    if let region = element.component as? any MemoryRegion,
      let name = names.identifier(ofRegion: region.name)
    {
      return Statement(name: name)
    }
    if let name = names.identifier(ofValue: location) { return Statement(name: name) }
    return Statement(
      call(of: element), comments: note(at: location), path: location.flatMap { paths[$0] })
  }

  private func call(of element: Element) -> Call {
    if case .node(let node) = element { return call(of: node) }
    let text = NounText(names: names)
    guard let noun = element.component as? any SourceNoun else { return Call(element.noun) }
    var call = noun.call(text)
    if call.block != nil || !noun.parts.isEmpty || !noun.contained.isEmpty {
      call.block =
        (call.block ?? []) + noun.parts.map { part($0.call(text), $0.declaration) }
        + statements(of: noun.contained)
    }
    call.modifiers += modifiers(of: element.declaration, isComponent: true)
    return call
  }

  private func part(_ call: Call, _ declaration: Declaration) -> Statement {
    var call = call
    call.modifiers += modifiers(of: declaration)
    return Statement(call)
  }

  private func modifiers(of declaration: Declaration, isComponent: Bool = false) -> [Call] {
    var result: [Call] = []
    if let name = declaration.name {
      result.append(Call("named", [Argument(Literals.string(name))]))
    }
    if let label = declaration.label {
      result.append(Call("labelled", [Argument(names.identifier(ofLabel: label.name))]))
    }
    if let omissions = declaration.omissions {
      result.append(Call("omitting", omissions.map { Argument(Literals.string($0)) }))
    }
    var additions = declaration.additions
    if isComponent, let rest = Self.withoutSecureStatus(additions) {
      result.append(Call("secureOnly"))
      additions = rest
    }
    if !additions.isEmpty {
      result.append(Call("adding", block: statements(of: additions)))
    }
    for allowance in declaration.allowances {
      result.append(
        Call(
          "allowing",
          [
            Argument(Literals.string(allowance.rule)),
            Argument("because", Literals.string(allowance.reason)),
          ]))
    }
    return result
  }

  /// The additions besides those of `.secureOnly()`; nil where they aren't there.
  private static func withoutSecureStatus(_ additions: [NodeContent]) -> [NodeContent]? {
    func isState(_ content: NodeContent, _ name: String, _ value: String) -> Bool {
      guard case .property(let property) = content else { return false }
      return property.name == name && property.value == .strings([value])
    }
    let rest = additions.filter {
      !isState($0, "status", "disabled") && !isState($0, "secure-status", "okay")
    }
    return rest.count == additions.count - 2 ? rest : nil
  }

  // MARK: Raw nodes

  private func statements(of content: [NodeContent]) -> [Statement] {
    content.map { part in
      switch part {
      case .node(let node):
        let location = node.declaration.location
        return Statement(
          call(of: node), comments: note(at: location), path: location.flatMap { paths[$0] })
      case .property(let property):
        return Statement(call(of: property), comments: note(at: property.location))
      }
    }
  }

  private func note(at location: SourceLocation?) -> [String] {
    location.flatMap { notes[$0] } ?? []
  }

  private func call(of node: Node) -> Call {
    var arguments = [Argument(Literals.string(node.name))]
    if let unitAddress = node.unitAddress {
      arguments.append(Argument("unitAddress", Literals.string(unitAddress)))
    } else {
      if let at = node.at { arguments.append(Argument("at", Literals.address(at))) }
      if let size = node.size { arguments.append(Argument("size", Literals.size(size))) }
      if let interrupt = node.interrupt {
        arguments.append(Argument("interrupt", Literals.interrupt(interrupt)))
      }
    }
    if let label = node.declaration.label {
      arguments.append(Argument("label", names.identifier(ofLabel: label.name)))
    }
    var call = Call(
      "Node", arguments, block: node.content.isEmpty ? nil : statements(of: node.content))
    var declaration = node.declaration
    declaration.label = nil
    call.modifiers = modifiers(of: declaration)
    return call
  }

  /// Longer lists stand in brackets, which the compiler reads faster than arguments.
  private static let longestArguments = 12

  private func call(of property: Property) -> Call {
    let name = Argument(Literals.string(property.name))
    let text = NounText(names: names)
    switch property.value {
    case .strings(let strings):
      return Call("Property", [name] + strings.map { Argument(Literals.string($0)) })
    case .bytes(let bytes):
      return Call(
        "Property", [name, Argument("bytes", .list([bytes.map { .text(Literals.byte($0)) }]))])
    case .cells(let cells):
      let isCount = isCount(property)
      let texts: [Expression] = cells.map {
        if isCount, case .number(let number) = $0 { return .text(Literals.count(UInt64(number))) }
        return .text(text.cell($0))
      }
      let plain = Call("Property", [name] + texts.map { Argument($0) })
      if texts.count <= Self.longestArguments, CodeText.head(of: plain).utf8.count <= 90 {
        return plain
      }
      return Call("Property", [name, Argument("cells", .list(rows(texts, of: property)))])
    }
  }

  private func isCount(_ property: Property) -> Bool {
    property.location.map { counts.contains($0) } ?? false
  }

  /// The places of properties whose cells people count in.
  var counts: Set<SourceLocation> = []

  /// The entries of a list, one a row.
  private func rows(_ cells: [Expression], of property: Property) -> [[Expression]] {
    guard let starts = property.location.flatMap({ entries[$0] }), starts.count > 1 else {
      return [cells]
    }
    var rows: [[Expression]] = []
    for (position, start) in starts.enumerated() {
      let end = position + 1 < starts.count ? starts[position + 1] : cells.count
      if start < end, end <= cells.count { rows.append(Array(cells[start..<end])) }
    }
    return rows
  }
}

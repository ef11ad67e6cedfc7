/// Splits descriptions into globals of a size that the compiler reads fast.
///
/// The time that it takes for a block grows with the square of what is in it, however deep:
/// 8 seconds for a thousand nodes in one block, less than one in blocks of fifty.
struct Pieces {
  /// The most expressions in one global.
  private static let most = 48
  /// Fewer are not worth a name.
  private static let fewest = 3

  private(set) var names: Names
  /// What was split off, in the order of the description.
  private(set) var globals: [Global] = []

  init(names: Names) { self.names = names }

  /// Makes `global` small enough.
  mutating func split(_ global: inout Global) {
    guard case .value(var call) = global.form else { return }
    shrink(&call, named: global.name, most: Self.most)
    global.form = .value(call)
  }

  /// Splits off what makes `call` weigh more than `most`.
  private mutating func shrink(_ call: inout Call, named name: String, most: Int) {
    guard call.weight > most else { return }
    if var block = call.block {
      shrink(&block, named: name, kind: Kind(of: call), most: most)
      call.block = block
    }
    for index in call.modifiers.indices {
      guard var block = call.modifiers[index].block else { continue }
      shrink(&block, named: name + "Additions", kind: .content, most: most)
      call.modifiers[index].block = block
    }
  }

  /// What a block is made of.
  private enum Kind {
    case content, elements, fixed

    init(of call: Call) {
      switch call.head {
      case "Node", "adding": self = .content
      case "VirtualMachine", "Bus": self = .elements
      default: self = .fixed
      }
    }
  }

  private mutating func shrink(
    _ block: inout [Statement], named name: String, kind: Kind, most: Int
  ) {
    // What is in the block is made small first, so that what is split off is small enough.
    for index in block.indices {
      guard case .call(var call) = block[index].form, call.weight > 1 else { continue }
      guard call.weight > most else { continue }
      shrink(&call, named: name, most: most)
      block[index] = Statement(
        call, comments: block[index].comments, path: block[index].path)
    }
    if kind == .fixed { return }
    splitOff(from: &block, most: most)
    while block.count > most { block = parts(of: block, named: name, kind: kind, most: most) }
  }

  /// Gives the heaviest statements names of their own, until the rest is light enough.
  private mutating func splitOff(from block: inout [Statement], most: Int) {
    var weight = block.reduce(0) { $0 + $1.weight }
    guard weight > most else { return }
    let heaviest = block.indices.sorted {
      (block[$1].weight, $0) < (block[$0].weight, $1)
    }
    var chosen: [Int] = []
    for index in heaviest {
      guard weight > most, block[index].weight >= Self.fewest else { break }
      guard case .call(let call) = block[index].form, call.head == "Node" else { continue }
      weight -= block[index].weight - 1
      chosen.append(index)
    }
    for index in chosen.sorted() {
      guard case .call(let call) = block[index].form else { continue }
      let name = names.take(Self.wantedNames(of: call), suffix: "Node")
      let path = block[index].path.map { [$0] } ?? []
      globals.append(
        Global(comments: path + block[index].comments, name: name, form: .value(call)))
      block[index] = Statement(name: name)
    }
  }

  /// `Node("uart", at: 0x1000)` is called uart, or uart1000.
  private static func wantedNames(of call: Call) -> [String] {
    let texts = call.arguments.prefix(2).map { argument in
      CodeText.flat(argument.value).filter { $0 != "\"" }
    }
    guard let name = texts.first else { return ["node"] }
    let second = call.arguments.dropFirst().first
    guard second?.label == "at" || second?.label == "unitAddress", texts.count > 1 else {
      return [name]
    }
    var address = texts[1].filter { $0 != "_" }
    if address.hasPrefix("0x") { address.removeFirst(2) }
    return [name, name + "-" + String(address.drop { $0 == "0" })]
  }

  /// Groups of statements under names of their own.
  private mutating func parts(
    of block: [Statement], named name: String, kind: Kind, most: Int
  ) -> [Statement] {
    stride(from: 0, to: block.count, by: most).map { start in
      let part = Array(block[start..<min(start + most, block.count)])
      let partName = names.take([name + "-part"])
      globals.append(
        Global(
          name: partName,
          form: kind == .content
            ? .part(builder: "NodeBuilder", item: "NodeContent", block: part)
            : .part(builder: "ComponentBuilder", item: "Element", block: part)))
      return Statement(name: partName)
    }
  }
}

import PlatformDescription

/// A noun that can be written as Swift.
protocol SourceNoun {
  /// The call that makes it, without its braces and without what was said about it besides.
  func call(_ text: NounText) -> Call
  /// What the call refers to.
  var references: [Reference] { get }
  /// What stands in its braces and is no element of its own, such as the services of a GICv3.
  var parts: [any SourceNoun & Declared] { get }
  /// The elements in its braces.
  var contained: [Element] { get }
}

extension SourceNoun {
  var references: [Reference] { [] }
  var parts: [any SourceNoun & Declared] { [] }
  var contained: [Element] { [] }
}

/// What nouns need to write themselves: the names of what they refer to.
struct NounText {
  let names: Names

  /// The name of the value that is referred to; of a label, where it is one.
  func name(_ reference: Reference) -> String { names.name(of: reference) }

  /// `.phandle(…)`, or a number.
  func cell(_ cell: Cell) -> String {
    switch cell {
    case .number(let number): Literals.cell(number)
    case .phandle(let reference): ".phandle(\(name(reference)))"
    }
  }

  func address(_ address: GuestAddress) -> String { Literals.address(address) }

  func size(_ size: ByteCount) -> String { Literals.size(size) }

  func string(_ text: String) -> String { Literals.string(text) }

  func interrupt(_ interrupt: Interrupt) -> String { Literals.interrupt(interrupt) }

  /// A number that people count in.
  func count(_ count: Int) -> String { Literals.count(UInt64(max(count, 0))) }

  /// A number that people write in hexadecimal.
  func hex(_ number: Int) -> String { Literals.cell(UInt32(clamping: number)) }

  /// `["a", "b"]`.
  func strings(_ texts: [String]) -> Expression {
    .list(texts.map { [.text(Literals.string($0))] })
  }

  /// `[AddressRange(at: …, size: …)]`.
  func ranges(_ ranges: [AddressRange]) -> Expression {
    .list(
      ranges.map {
        [.text("AddressRange(at: \(address($0.at)), size: \(size($0.size)))")]
      })
  }

  /// `.memoryRegion([…], names: […])`.
  func memoryRegion(_ regions: [Reference], names: [String]) -> Call {
    var arguments = [Argument(.list([regions.map { .text(name($0)) }]))]
    if !names.isEmpty { arguments.append(Argument("names", strings(names))) }
    return Call("memoryRegion", arguments)
  }
}

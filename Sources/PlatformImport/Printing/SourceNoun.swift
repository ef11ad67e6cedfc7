import PlatformDescription

/// A noun that can be written as Swift.
protocol SourceNoun {
  /// The call that makes it, without what was said about it besides: names, additions, labels.
  func call(_ text: NounText) -> Call
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
}

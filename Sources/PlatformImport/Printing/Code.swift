/// An expression of Swift, before it is laid out in lines.
indirect enum Expression {
  /// Text that is never broken.
  case text(String)
  /// `[…]`: rows of elements; each row starts a line where not all fit into one.
  case list([[Expression]])
  /// A call.
  case call(Call)
}

/// An argument of a call.
struct Argument {
  var label: String?
  var value: Expression

  init(_ value: Expression) { self.value = value }

  init(_ label: String, _ value: Expression) {
    self.label = label
    self.value = value
  }

  init(_ text: String) { value = .text(text) }

  init(_ label: String, _ text: String) { self.init(label, .text(text)) }
}

/// `head(arguments) { block }.modifier(…)`.
struct Call {
  var head: String
  var arguments: [Argument]
  /// What stands in braces; nil for no braces.
  var block: [Statement]?
  var modifiers: [Call] = []

  init(_ head: String, _ arguments: [Argument] = [], block: [Statement]? = nil) {
    self.head = head
    self.arguments = arguments
    self.block = block
  }
}

/// One line of a block, or what starts in it.
struct Statement {
  /// What it is.
  enum Form {
    /// A call.
    case call(Call)
    /// A name that stands for what is declared elsewhere.
    case name(String)
    /// `for variable in call { block }`.
    case loop(variable: String, Call, [Statement])
  }

  /// Lines of comment in front of it.
  var comments: [String] = []
  /// The path of the node that it becomes, for where it stands alone.
  var path: String?
  let form: Form
  /// The number of expressions in it, by which the compiler's time grows.
  private(set) var weight: Int

  init(_ call: Call, comments: [String] = [], path: String? = nil) {
    form = .call(call)
    weight = call.weight
    self.comments = comments
    self.path = path
  }

  init(name: String) {
    form = .name(name)
    weight = 1
  }

  init(for variable: String, in sequence: Call, _ block: [Statement]) {
    form = .loop(variable: variable, sequence, block)
    weight = block.reduce(1) { $0 + $1.weight }
  }
}

extension Call {
  /// The number of calls in it that stand in blocks, and its own.
  var weight: Int {
    modifiers.reduce((block ?? []).reduce(1) { $0 + $1.weight }) { $0 + $1.weight }
  }
}

/// A global of the description.
struct Global {
  /// What kind of global it is.
  enum Form {
    /// `let name = call`.
    case value(Call)
    /// `@builder var name: [item] { block }`, a part of a block that would be too long.
    case part(builder: String, item: String, block: [Statement])
  }

  /// Lines of comment in front of it.
  var comments: [String] = []
  var name: String
  var form: Form
}

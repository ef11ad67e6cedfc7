extension Namespace.Object {
  /// The value of the object: that of a `Name`, or what a method returns whose only statement is a
  /// `Return` of something that is written down.
  ///
  /// Names that stand for values are followed, a few times.
  public var evaluation: Evaluation<Namespace.Value> { evaluate(depth: 0) }

  /// The value of the object of this name in it.
  public func evaluation(of name: NameSegment) -> Evaluation<Namespace.Value> {
    child(name)?.evaluation ?? .absent
  }

  private func evaluate(depth: Int) -> Evaluation<Namespace.Value> {
    guard depth < 8 else {
      return .unknown(error("its value is a name of a name of a name"))
    }
    let object = resolved
    guard object.isDeclared else {
      return .unknown(error("no table of the set declares it"))
    }
    let term = Namespace.Value(namespace: namespace, index: Int(object.record.definition))
    switch term.opcode {
    case .name:
      guard let value = term.operands.dropFirst().first else { break }
      return follow(value, depth: depth)
    case .method:
      // Its name, its flags, and its statements.
      let statements = term.operands.dropFirst(2)
      guard object.argumentCount == 0 else {
        return .unknown(error("it takes arguments", at: term.byteOffset))
      }
      guard let statement = statements.first, statements.count == 1, statement.opcode == .return,
        let value = statement.operands.first
      else {
        return .unknown(
          error("it is a method that has to be run", at: term.byteOffset))
      }
      return follow(value, depth: depth)
    default: break
    }
    return .unknown(error("it has no value", at: term.byteOffset))
  }

  private func follow(_ value: Namespace.Value, depth: Int) -> Evaluation<Namespace.Value> {
    if value.isReference {
      guard let object = value.referencedObject else {
        return .unknown(
          error("its value is a name that no table of the set declares", at: value.byteOffset))
      }
      return object.evaluate(depth: depth + 1)
    }
    switch value.opcode {
    case .zero, .one, .ones, .byte, .word, .doubleWord, .quadWord, .string, .buffer, .package,
      .variablePackage:
      return .known(value)
    default:
      return .unknown(
        error("its value, \(value.kind), has to be computed", at: value.byteOffset))
    }
  }

  /// Why the value of this object isn't known.
  private func error(_ message: String, at offset: Int? = nil) -> ACPIError {
    ACPIError(.notStatic, message, byteOffset: offset ?? byteOffset, objectPath: path)
  }
}

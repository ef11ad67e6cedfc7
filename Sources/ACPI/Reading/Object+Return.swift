extension Namespace.Object {
  /// Whether a `Return` stands somewhere in the method, whichever way through it is taken; false of what is no
  /// method.
  public var returnsSomewhere: Bool {
    guard type == .method, isDeclared else { return false }
    let first = Int(record.definition)
    let end = Int(namespace.records[first].subtreeEnd)
    return namespace.records[first..<end].contains { record in
      record.opcode == Opcode.return.rawValue || record.opcode == TermRecord.unreadable
    }
  }
}

extension Report.Share {
  /// The share as `schemas/findings.schema.json` has it: addresses as text, since they have 64 bits.
  var json: JSONValue {
    .object(
      .init("name", name.json), .init("origin", origin.rawValue.json),
      .init("parties", .array(parties.map(\.json))))
  }
}

extension Report.Share.Party {
  fileprivate var json: JSONValue {
    .object(
      .init("file", file.json), .init("node", node?.json), .init("what", what.json),
      .init("role", role?.json), .init("match", match.json),
      .init("address", address.map { ("0x" + String($0, radix: 16)).json }),
      .init("size", size.map { ("0x" + String($0, radix: 16)).json }))
  }
}

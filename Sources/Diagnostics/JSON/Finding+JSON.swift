extension Finding {
  /// The finding, with the names that its `Codable` form has, and its fingerprint.
  var json: JSONValue {
    .object(
      .init("rule", rule.json),
      .init("severity", severity.rawValue.json),
      .init("message", message.json),
      .init("place", place.json),
      .init("found", found?.json),
      .init("expected", expected?.json),
      .init("consequence", consequence?.json),
      .init("logLine", logLine?.json),
      .init("help", help?.json),
      .init(
        "related",
        .array(
          related.map {
            .object(.init("message", $0.message.json), .init("place", $0.place.json))
          })),
      .init("allowedBecause", allowedBecause?.json),
      .init("allowedBy", allowedBy?.rawValue.json),
      .init("fingerprint", fingerprint.json))
  }
}

extension Place {
  /// The place, with the names that its `Codable` form has.
  var json: JSONValue {
    .object(
      .init("file", file?.json),
      .init(
        "source",
        source.map {
          .object(
            .init("file", $0.file.json), .init("line", $0.line.json),
            .init("column", $0.column.json))
        }),
      .init("node", node?.json),
      .init("label", label?.json),
      .init("property", property?.json),
      .init("cell", cell?.json),
      .init("element", element?.json),
      .init("byteOffset", byteOffset?.json),
      .init("byteLength", byteLength?.json))
  }
}

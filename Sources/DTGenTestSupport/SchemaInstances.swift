/// Makes documents from a JSON Schema: everything that it permits, one variation at a time.
public struct SchemaInstances {
  let root: [String: Any]

  /// Instances of the definitions in `root`.
  public init(root: [String: Any]) { self.root = root }

  /// Deeper than this, only the shortest instance is made: nodes contain nodes.
  private static let maximumDepth = 14

  /// Instances of `schema`, the shortest first.
  public func instances(of schema: [String: Any], depth: Int = 0) -> [Any] {
    if let reference = schema["$ref"] as? String {
      return instances(of: definition(reference), depth: depth + 1)
    }
    if let examples = schema["examples"] as? [Any] { return examples }
    if let constant = schema["const"] { return [constant] }
    if let choices = schema["enum"] as? [Any] { return choices }
    if let choices = schema["oneOf"] as? [[String: Any]] {
      let all = choices.flatMap { instances(of: $0, depth: depth + 1) }
      return depth > Self.maximumDepth ? Array(all.prefix(1)) : all
    }
    switch schema["type"] as? String {
    case "object": return objects(of: schema, depth: depth)
    case "array":
      let items = schema["items"] as? [String: Any] ?? [:]
      if depth > Self.maximumDepth { return [[Any]()] }
      return [[Any]()] + instances(of: items, depth: depth + 1).map { [$0] }
    case "string": return [schema["pattern"] == nil ? "text" : "0x1000"]
    case "integer": return [schema["minimum"] as? Int ?? 1]
    case "boolean": return [false, true]
    default: return []
    }
  }

  /// The shortest object, and for each property one object with each instance of it.
  private func objects(of schema: [String: Any], depth: Int) -> [Any] {
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    let required = schema["required"] as? [String] ?? []
    var shortest: [String: Any] = [:]
    for key in required {
      shortest[key] = instances(of: properties[key] ?? [:], depth: Self.maximumDepth + 1).first
    }
    var result: [Any] = [shortest]
    if let values = schema["additionalProperties"] as? [String: Any],
      let names = schema["propertyNames"] as? [String: Any]
    {
      for name in instances(of: names).compactMap({ $0 as? String }) {
        for value in instances(of: values, depth: depth + 1) { result.append([name: value]) }
      }
    }
    if depth > Self.maximumDepth { return result }
    for key in properties.keys.sorted() {
      for value in instances(of: properties[key] ?? [:], depth: depth + 1) {
        var object = shortest
        object[key] = value
        result.append(object)
      }
    }
    return result
  }

  /// What `reference` stands for: the last part of it names a definition.
  public func definition(_ reference: String) -> [String: Any] {
    let name = reference.split(separator: "/").last.map(String.init) ?? ""
    return (root["$defs"] as? [String: [String: Any]])?[name] ?? [:]
  }
}

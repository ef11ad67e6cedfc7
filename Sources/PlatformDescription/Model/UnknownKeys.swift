internal import FoundationEssentials

extension Platform {
  /// Reads a model that a person may have written: a key that means nothing is an error, because
  /// a misspelt one would be left out without a word.
  ///
  /// - Throws: ``ModelError`` with the place in the document.
  public init(strictJSON json: [UInt8]) throws(ModelError) {
    try self.init(json: json)
    // What the model says, it says again when written; a key that gets lost had no meaning.
    guard let written = try? self.json(),
      let before = try? JSONDecoder().decode(Document.self, from: Data(json)),
      let after = try? JSONDecoder().decode(Document.self, from: Data(written)),
      let path = before.firstKey(missingIn: after)
    else { return }
    throw ModelError(path: path, message: "this key has no meaning here")
  }
}

/// Any JSON document, for comparing the keys of two.
private indirect enum Document: Decodable {
  case object([String: Document])
  case array([Document])
  case value

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.singleValueContainer() {
      if let object = try? container.decode([String: Document].self) {
        self = .object(object)
        return
      }
      if let array = try? container.decode([Document].self) {
        self = .array(array)
        return
      }
    }
    self = .value
  }

  /// The path of the first key, in alphabetical order, that `other` has not.
  func firstKey(missingIn other: Document, path: String = "") -> String? {
    switch (self, other) {
    case (.object(let mine), .object(let theirs)):
      for key in mine.keys.sorted() {
        let inner = path.isEmpty ? key : path + "." + key
        guard let child = mine[key] else { continue }
        guard let counterpart = theirs[key] else { return inner }
        if let missing = child.firstKey(missingIn: counterpart, path: inner) { return missing }
      }
    case (.array(let mine), .array(let theirs)):
      for (index, pair) in zip(mine, theirs).enumerated() {
        if let missing = pair.0.firstKey(missingIn: pair.1, path: path + "[\(index)]") {
          return missing
        }
      }
    default: break
    }
    return nil
  }
}

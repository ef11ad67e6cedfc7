internal import FoundationEssentials

extension Platform {
  /// The model as JSON: keys in alphabetical order, so that one model has one text.
  ///
  /// - Throws: what the encoder throws.
  public func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try [UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// Reads a model from its JSON.
  ///
  /// - Throws: ``ModelError`` with the place in the document, in words for its author.
  public init(json: [UInt8]) throws(ModelError) {
    do {
      self = try JSONDecoder().decode(Platform.self, from: Data(json))
    } catch let error as DecodingError {
      throw ModelError(error)
    } catch {
      throw ModelError(path: "", message: "not a model: \(error)")
    }
  }
}

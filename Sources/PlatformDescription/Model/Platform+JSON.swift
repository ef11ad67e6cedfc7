internal import FoundationEssentials

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Platform {
  /// The model as JSON: keys in alphabetical order, so that one model has one text.
  ///
  /// - Throws: what the encoder throws.
  public func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try [UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// The same without a blank, for a reader that is no person.
  func compactJSON() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try [UInt8](encoder.encode(self))
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

/// Writes the model of `platform` to `descriptor`: called by the tool, never by a description.
///
/// - Returns: 0, or an error number.
public func emitModel(_ platform: Platform, to descriptor: Int32) -> Int32 {
  guard let bytes = try? platform.compactJSON() else { return EINVAL }
  var offset = 0
  while offset < bytes.count {
    let count = bytes[offset...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno == EINTR { continue }
      return errno
    }
    offset += count
  }
  return 0
}

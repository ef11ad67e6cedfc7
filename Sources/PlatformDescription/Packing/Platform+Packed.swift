#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension Platform {
  /// The model as its description's process hands it to the tool: the same values under the same keys
  /// as in JSON, in a form that is read and written in a fraction of the time.
  ///
  /// The form is of one version of the tool, and is kept nowhere but in its cache.
  ///
  /// - Throws: what the model's own `encode(to:)` throws.
  public func packed() throws -> [UInt8] {
    let writer = PackedWriter()
    try pack(into: writer)
    return try writer.bytes()
  }

  /// Reads a model that was packed; the bytes may come from a process that nobody vouches for.
  ///
  /// - Throws: ``ModelError`` for anything else.
  public init(packed bytes: [UInt8]) throws(ModelError) {
    do {
      let reader = try PackedReader(bytes)
      try self.init(unpacking: PackedDecoder(reader: reader, position: reader.root))
    } catch let error as ModelError {
      throw error
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
  guard let bytes = try? platform.packed() else { return EINVAL }
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

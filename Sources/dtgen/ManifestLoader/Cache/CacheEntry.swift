/// A result in the form that it is kept in.
struct CacheEntry {
  /// Changes with the layout below.
  private static let magic = Array("dtgen model 1\n".utf8)

  /// The bytes of an entry: magic, key, model, output, warnings, checksum of all of it.
  static func encode(_ manifest: LoadedManifest, key: CacheKey) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(magic)
    writer.append(key.bytes)
    writer.append(manifest.model)
    writer.append(manifest.standardOutput)
    writer.append(manifest.warnings)
    writer.append(Checksum.of(writer.bytes))
    return writer.bytes
  }

  /// The result that `bytes` hold for `key`; nil where they are damaged or belong to another key.
  static func decode(_ bytes: [UInt8], key: CacheKey) -> LoadedManifest? {
    guard bytes.count >= 8 else { return nil }
    var reader = ByteReader(bytes.dropLast(8))
    var trailer = ByteReader(bytes.suffix(8))
    guard let found = reader.string(), found.elementsEqual(magic),
      let foundKey = reader.string(), foundKey.elementsEqual(key.bytes),
      let model = reader.string(), let output = reader.string(), let warnings = reader.string(),
      reader.isAtEnd, trailer.number() == Checksum.of(bytes.dropLast(8))
    else { return nil }
    return LoadedManifest(
      model: Array(model), standardOutput: Array(output),
      warnings: String(decoding: warnings, as: UTF8.self), cached: true)
  }
}

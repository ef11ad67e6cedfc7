import GuestView

/// A kernel's configuration in a file, packed or not.
///
/// It is read as it comes: to keep all of it would take longer than to understand it.
struct ConfigurationFile {
  private let path: String
  private var reader = GuestConfigurationReader()
  /// What has come of a file that gzip packed; nil for one that it didn't.
  private var packed: [UInt8]?
  private var hasBegun = false

  /// The file at `path`; `-` is standard input.
  init(_ path: String) { self.path = path }

  private var name: String { InputFile.name(of: path) }

  /// What it says.
  ///
  /// - Throws: ``Failure`` with status 65 for what is no configuration, and 66 where there is no file.
  consuming func configuration() throws(Failure) -> GuestConfiguration {
    let path = path
    var file = self
    try InputFile.read(path) { part throws(Failure) in try file.take(part) }
    return try file.finished()
  }

  private mutating func take(_ part: Span<UInt8>) throws(Failure) {
    if !hasBegun, Gzip.begins(part) { packed = [] }
    hasBegun = true
    guard var bytes = packed else {
      try read(part)
      return
    }
    packed = nil
    for index in part.indices { bytes.append(part[index]) }
    let limit = GuestConfiguration.maximumSize
    guard bytes.count <= limit else {
      throw Failure(.badInput, "\(name): larger than \(limit >> 20) MiB")
    }
    packed = bytes
  }

  private mutating func read(_ part: Span<UInt8>) throws(Failure) {
    do throws(GuestConfigurationError) { try reader.read(part) } catch { throw refusal(error) }
  }

  private mutating func finished() throws(Failure) -> GuestConfiguration {
    if let packed {
      guard let bytes = Gzip.unpacked(packed, limit: GuestConfiguration.maximumSize) else {
        throw Failure(.badInput, "\(name): damaged, or cut short: gzip can't unpack it")
      }
      try read(bytes.span)
    }
    do throws(GuestConfigurationError) {
      return try reader.configuration(name: name)
    } catch {
      throw refusal(error)
    }
  }

  private func refusal(_ error: GuestConfigurationError) -> Failure {
    let place = error.line.map { "\(name):\($0)" } ?? name
    return Failure(.badInput, "\(place): no configuration of a kernel: \(error.message)")
  }
}

import Foundation

/// A directory of its own for one test, removed with the last reference to it.
public final class ScratchDirectory: Sendable {
  /// The directory.
  public let path: String

  /// Makes the directory.
  ///
  /// - Throws: what `FileManager` throws.
  public init() throws {
    // The directory may be given with or without a slash at its end, and a compiler's driver would
    // make one slash of two.
    let parent = NSTemporaryDirectory()
    path = (parent.hasSuffix("/") ? parent : parent + "/") + "dtgen-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  ///
  /// - Throws: what `Data` throws.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// The bytes of a file, or nil where there is none.
  public func read(_ name: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(fileURLWithPath: path + "/" + name))).map { [UInt8]($0) }
  }
}

import DeviceTree
import Diagnostics
import PlatformLint

/// One input of a run, and what came of it.
struct LintedFile: Sendable {
  /// The file as the user named it.
  var name: String
  var result: Result<Judgement, Failure>
  /// Where its devices may DMA, if that was asked for.
  var table: DMATable?
}

extension FlattenedTree {
  /// Reads the tree in the file at `path`; `-` is standard input.
  ///
  /// - Throws: ``Failure`` with the name of the file and the byte that is wrong.
  convenience init(file path: String, limits: Limits = Limits()) throws(Failure) {
    let padded = PaddedFile(path, limit: limits.maximumSize)
    let bytes: [UInt8]
    if let padded {
      bytes = padded.bytes
    } else {
      bytes = try InputFile.read(path, limit: limits.maximumSize)
    }
    do {
      try self.init(bytes, fileSize: padded?.fileSize, limits: limits)
    } catch {
      throw Failure(.badInput, "\(InputFile.name(of: path)): \(error)")
    }
  }
}

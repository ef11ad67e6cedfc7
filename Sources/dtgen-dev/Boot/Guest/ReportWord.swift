import Foundation
import Glibc

/// The word that the lines of a guest's report start with: another one for each boot.
///
/// A kernel prints what its tree says, newlines and all. No tree knows the word, and so none can say
/// what only our init may, and no log of another boot is taken for one of this.
struct ReportWord {
  /// What Sources/guest-init/report.c has in its place.
  static let written = ReportWord(text: "DTGEN")

  let text: String

  /// One that nobody can guess.
  static func random() -> ReportWord {
    let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    return ReportWord(
      text: String(written.text.map { _ in characters.randomElement() ?? "X" }))
  }

  /// A file that has our init in it, not compressed, with this word in place of the written one.
  ///
  /// With a peer the init also goes through what both guests have.
  ///
  /// - Throws: ``Failure`` where it can't be read, or doesn't have the init just once.
  func put(into path: String, hasPeer: Bool = false) throws(Failure) -> Data {
    guard var bytes = FileManager.default.contents(atPath: path) else {
      throw Failure("\(path) can't be read")
    }
    // The level of a record of the kernel's log stands before it.
    try Self.replace("<5>\(Self.written.text) ", by: "<5>\(text) ", in: &bytes, of: path)
    if hasPeer { try Self.replace("<task>alone", by: "<task>share", in: &bytes, of: path) }
    return bytes
  }

  /// Puts a text in place of one that is as long.
  private static func replace(
    _ written: String, by text: String, in bytes: inout Data, of path: String
  ) throws(Failure) {
    let places = places(of: Array(written.utf8), in: bytes)
    guard places.count == 1 else {
      throw Failure("\(path) has \(places.count) of our init, and not one")
    }
    let start = bytes.startIndex + places[0]
    bytes.replaceSubrange(start..<start + written.utf8.count, with: Array(text.utf8))
  }

  private static func places(of part: [UInt8], in bytes: Data) -> [Int] {
    bytes.withUnsafeBytes { whole in
      guard let base = whole.baseAddress, let first = part.first else { return [] }
      var places: [Int] = []
      var from = 0
      // SAFETY: both look at no more than what is left of the bytes.
      while from + part.count <= whole.count,
        let found = memchr(base + from, Int32(first), whole.count - part.count + 1 - from)
      {
        let place = UnsafeRawPointer(found) - base
        if memcmp(found, part, part.count) == 0 { places.append(place) }
        from = place + 1
      }
      return places
    }
  }
}

import CDTGenInterface
import Diagnostics

/// The texts of a report, in memory that C may hold.
enum ReportHandle {
  /// What `struct dtgen_report` is.
  @unsafe struct Texts {
    var json: UnsafeMutablePointer<CChar>
    var length: Int
    var message: UnsafeMutablePointer<CChar>?
  }

  static func make(_ outcome: Outcome) -> OpaquePointer {
    let texts = UnsafeMutablePointer<Texts>.allocate(capacity: 1)
    let json = JSONReport().bytes(outcome.report)
    unsafe texts.initialize(
      to: Texts(
        json: text(json), length: json.count,
        // C ends a text at its first NUL.
        message: outcome.message.map { unsafe text($0.utf8.filter { $0 != 0 }) }))
    return OpaquePointer(texts)
  }

  static func texts(_ report: OpaquePointer?) -> UnsafeMutablePointer<Texts>? {
    guard let report = unsafe report else { return nil }
    return unsafe UnsafeMutablePointer<Texts>(report)
  }

  static func free(_ report: OpaquePointer?) {
    guard let texts = unsafe texts(report) else { return }
    unsafe texts.pointee.json.deallocate()
    unsafe texts.pointee.message?.deallocate()
    unsafe texts.deallocate()
  }

  /// The version, made once.
  static let version = unsafe Constant(start: text(Array(Report.Tool.dtgen.version.utf8)))

  /// A text that is never written to again.
  @safe struct Constant: @unchecked Sendable {
    let start: UnsafeMutablePointer<CChar>
  }

  private static func text(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar> {
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
    for (index, byte) in bytes.enumerated() {
      unsafe copy[index] = CChar(bitPattern: byte)
    }
    unsafe copy[bytes.count] = 0
    return unsafe copy
  }
}

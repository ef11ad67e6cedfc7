public import CDTGenInterface
import Diagnostics

// What dtgen.h declares; the compiler holds each function against its declaration.

/// Judges a guest.
///
/// **Source:** `dtgen.h`, as of all functions here.
// swift-format-ignore: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation
@c @implementation
public func dtgen_check(
  _ request: UnsafePointer<dtgen_request>?, _ report: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  let outcome: Outcome
  do throws(Refusal) {
    outcome = unsafe try Check(Requests.copy(request)).run()
  } catch {
    outcome = Outcome(error)
  }
  if let report = unsafe report {
    unsafe report.pointee = ReportHandle.make(outcome)
  }
  return outcome.status.rawValue
}

/// The report in JSON, and its length; NULL for NULL.
// swift-format-ignore: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation
@c @implementation
public func dtgen_report_json(
  _ report: OpaquePointer?, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar>? {
  guard let texts = unsafe ReportHandle.texts(report) else { return nil }
  if let length = unsafe length { unsafe length.pointee = texts.pointee.length }
  return unsafe UnsafePointer(texts.pointee.json)
}

/// Why nothing could be judged, or which required rule was skipped; NULL where there is no such thing.
// swift-format-ignore: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation
@c @implementation
public func dtgen_report_message(_ report: OpaquePointer?) -> UnsafePointer<CChar>? {
  guard let texts = unsafe ReportHandle.texts(report) else { return nil }
  return unsafe UnsafePointer(texts.pointee.message)
}

/// Takes a report back.
// swift-format-ignore: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation
@c @implementation
public func dtgen_report_free(_ report: OpaquePointer?) {
  unsafe ReportHandle.free(report)
}

/// The version of the library.
// swift-format-ignore: AlwaysUseLowerCamelCase, AllPublicDeclarationsHaveDocumentation
@c @implementation
public func dtgen_version() -> UnsafePointer<CChar>? {
  unsafe UnsafePointer(ReportHandle.version.start)
}

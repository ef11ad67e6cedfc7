public import CDTGenInterface
import Diagnostics

// What dtgen.h declares; the compiler holds each function against its declaration.

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

@c @implementation
public func dtgen_report_json(
  _ report: OpaquePointer?, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar>? {
  guard let texts = unsafe ReportHandle.texts(report) else { return nil }
  if let length = unsafe length { unsafe length.pointee = texts.pointee.length }
  return unsafe UnsafePointer(texts.pointee.json)
}

@c @implementation
public func dtgen_report_message(_ report: OpaquePointer?) -> UnsafePointer<CChar>? {
  guard let texts = unsafe ReportHandle.texts(report) else { return nil }
  return unsafe UnsafePointer(texts.pointee.message)
}

@c @implementation
public func dtgen_report_free(_ report: OpaquePointer?) {
  unsafe ReportHandle.free(report)
}

@c @implementation
public func dtgen_version() -> UnsafePointer<CChar>? {
  unsafe UnsafePointer(ReportHandle.version.start)
}

import Diagnostics

/// How a check ended.
enum CheckStatus: Int32 {
  case clean = 0
  case findings = 1
  case usage = 64
  case badInput = 65
}

/// Why a request isn't carried out.
struct Refusal: Error {
  var status: CheckStatus
  /// Lower case, no full stop.
  var message: String

  init(_ status: CheckStatus, _ message: String) {
    self.status = status
    self.message = message
  }
}

/// What came of a check.
struct Outcome {
  var status: CheckStatus
  var report: Report
  /// Why nothing could be judged, or which required rule was skipped.
  var message: String?

  init(_ status: CheckStatus, _ report: Report, message: String? = nil) {
    self.status = status
    self.report = report
    self.message = message
  }

  /// Nothing was judged, for this reason.
  init(_ refusal: Refusal) {
    self.init(
      refusal.status,
      Report(
        tool: .dtgen, rules: [],
        unreadable: [Report.UnreadableInput("request", because: refusal.message)]),
      message: refusal.message)
  }
}

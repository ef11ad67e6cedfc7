import Testing

@testable import dtgen

@Suite("the report of an evaluation")
struct EvaluationReportTests {
  @Test("is read line by line")
  func lines() {
    let report = EvaluationReport(
      Array(
        "unprotected landlock\nbecause 38\ndenied read-file\npath 2f61\nframe 16\nframe 2\n".utf8))
    #expect(report.unprotected == ["landlock"])
    #expect(report.outcome == .denied(kind: "read-file", path: "/a", call: nil))
    #expect(report.frames == [16, 2])
  }

  @Test("says why a layer failed that the kernel does have")
  func reason() {
    let report = EvaluationReport(Array("unprotected seccomp\nbecause 22\n".utf8))
    #expect(report.unprotected == ["seccomp (invalid argument)"])
  }

  @Test("keeps what was denied when describing it faults")
  func faultWhileDescribing() {
    let report = EvaluationReport(Array("denied execute\npath fault 11\nfault 11\n".utf8))
    guard case .denied("execute", _, _) = report.outcome else {
      Issue.record("\(String(describing: report.outcome))")
      return
    }
  }

  @Test(
    "can be anything, and is then nothing",
    arguments: [
      "", "\n\n", "path 41\n", "returned\n", "returned x\n", "frame -1\n",
      "frame 99999999999999999999\n",
      "because 1\n", "fault\n", "\u{0}\u{ff}\n", "path é\n",
    ])
  func hostile(text: String) {
    let report = EvaluationReport(Array(text.utf8))
    #expect(report.outcome == nil)
    #expect(report.frames == [])
  }

  @Test("tells a place from the symbolizer's words, the trap's name included")
  func place() {
    let output = """
      Swift runtime failure: arithmetic overflow
      /<compiler-generated>:0:0
      $s4mainyyF
      /home/me/platform.swift:6:20

      """
    let place = Symbolizer.place(in: output, among: ["platform.swift"])
    #expect(
      place == Symbolizer.Place(location: "platform.swift:6:20", failure: "arithmetic overflow"))
    #expect(Symbolizer.place(in: output, among: ["other.swift"]) == nil)
    #expect(Symbolizer.place(in: "f\n/platform.swift:0:0\n", among: ["platform.swift"]) == nil)
  }
}

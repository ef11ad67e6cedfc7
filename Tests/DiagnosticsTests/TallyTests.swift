import Diagnostics
import Testing

@Suite("a tally")
struct TallyTests {
  private func finding(_ severity: Severity, allowed: String? = nil) -> Finding {
    Finding(
      rule: "a/b", severity: severity, message: "m", place: Place(), allowedBecause: allowed)
  }

  @Test("counts by severity, with allowed findings apart")
  func counts() {
    let tally = Tally([
      finding(.error), finding(.warning), finding(.warning), finding(.note, allowed: "why"),
    ])
    #expect(tally.description == "1 error, 2 warnings, 1 allowed")
    #expect(Tally([]).description == "no findings")
  }

  @Test("reaches a threshold only with findings that nobody allowed")
  func thresholds() {
    let warning = Tally([finding(.warning)])
    #expect(!warning.reaches(.error))
    #expect(warning.reaches(.warning))
    #expect(warning.reaches(.note))
    #expect(!warning.reaches(nil))
    #expect(!Tally([finding(.error, allowed: "why")]).reaches(.note))
  }

  @Test("severities are ordered by weight")
  func order() {
    #expect(Severity.allCases == Severity.allCases.sorted())
  }
}

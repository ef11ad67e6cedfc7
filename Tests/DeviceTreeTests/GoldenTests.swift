import DTGenTestSupport
import Testing

@Suite("Goldens")
struct GoldenTests {
  @Test("the first line that differs is shown from both sides")
  func difference() {
    #expect(Golden.firstDifference("a\nb\n", "a\nc\n") == "line 2 was 'b' and is 'c'")
    #expect(Golden.firstDifference("a\n", "a") == "line 2 was '' and is the end")
    #expect(Golden.firstDifference("a", "a\nb") == "line 2 was the end and is 'b'")
  }

  @Test("a golden that is missing or different fails the test")
  func failures() {
    guard !Golden.isRecording else { return }
    withKnownIssue {
      Golden.expect("text", matches: "Tests/DeviceTreeTests/Text/Goldens/no-such-file.dts")
    }
    withKnownIssue {
      Golden.expect("text", matches: "Tests/DeviceTreeTests/Text/Goldens/protected-guest.dts")
    }
  }
}

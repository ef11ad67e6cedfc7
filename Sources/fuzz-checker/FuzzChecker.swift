import DeviceTree
import Diagnostics
import Fuzzing
import PlatformLint

/// Judges bytes in both profiles, and writes the report in every form.
private func check(_ bytes: [UInt8]) {
  guard let tree = try? FlattenedTree(bytes, limits: Limits(maximumSize: 1 << 20)) else { return }
  for profile in Profile.allCases {
    let judgement = Judge(profile: profile).judge(tree, file: "fuzz.dtb")
    let report = Report(
      tool: .init(name: "fuzz", version: "1"), rules: [],
      files: [
        .init("fuzz.dtb", findings: judgement.findings, skipped: judgement.skipped)
      ])
    _ = TextReport(style: TextStyle(styled: false)).text(for: report)
    _ = (JSONReport().bytes(report), SARIFReport().bytes(report))
    _ = (JUnitReport().bytes(report), GitHubReport().bytes(report))
  }
  _ = Profile.suggested(by: tree)
}

/// What SwiftPM calls `main`.
@_cdecl("fuzz_checker_main")
public func fuzzCheckerMain(
  _ argumentCount: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  FuzzDriver.run(argumentCount, arguments) { start, count in
    check(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  }
}

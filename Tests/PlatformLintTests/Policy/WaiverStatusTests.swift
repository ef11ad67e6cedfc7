import Testing

@testable import PlatformLint

@Suite("What a run says about a waiver")
struct WaiverStatusTests {
  private func status(
    _ file: String?, isUsed: Bool = false, isAsked: Bool = false, in scope: RunScope
  ) -> Waiver.Status {
    Waiver(rule: "dma/two-pools", node: Glob("**"), file: file.map(Glob.init), reason: "r")
      .status(isUsed: isUsed, isAsked: isAsked, in: scope)
  }

  private let one = RunScope(judged: ["out/a.dtb"])
  private let all = RunScope(judged: ["out/a.dtb"], directories: ["out"])

  @Test("is that it is used, whatever the run looked at")
  func used() {
    for file in [nil, "out/a.dtb", "out/*.dtb", "none.dtb"] {
      #expect(status(file, isUsed: true, isAsked: true, in: one) == .used)
    }
  }

  @Test("without files, is that every run has to need it")
  func everyFile() {
    #expect(status(nil, isAsked: true, in: one) == .unneeded)
    #expect(status(nil, in: one) == .notJudged(because: "its rule did not run"))
  }

  @Test("for one file, is about runs that judge it")
  func oneFile() {
    for file in ["out/a.dtb", "a.dtb"] {
      #expect(status(file, isAsked: true, in: one) == .unneeded)
      #expect(status(file, in: one) == .notJudged(because: "its rule did not run"))
    }
    #expect(status("out/b.dtb", in: one).isError == false)
    #expect(status("out/b.dtb", in: all) == .withoutFile)
    #expect(status("b.dtb", in: all).isError == false, "it may be elsewhere")
    #expect(status("b.dtb", in: RunScope(directories: [""])) == .withoutFile)
  }

  @Test("for several files, is about runs that look at them all")
  func severalFiles() {
    #expect(
      status("out/*.dtb", isAsked: true, in: one)
        == .notJudged(because: "this run may lack the file that needs it"))
    #expect(status("out/*.dtb", isAsked: true, in: all) == .unneeded)
    #expect(
      status("out/b*.dtb", in: one)
        == .notJudged(because: "no file of this run is one that it speaks of"))
    #expect(status("out/b*.dtb", in: all) == .withoutFile)
    let pattern = RunScope(judged: ["out/a.dtb"], patterns: [Glob("out/*.dtb")])
    #expect(status("out/*.dtb", isAsked: true, in: pattern) == .unneeded)
  }

  @Test("is nothing where its file could not be judged")
  func failed() {
    let scope = RunScope(failed: ["out/a.dtb"], directories: ["out"])
    #expect(
      status("out/*.dtb", in: scope) == .notJudged(because: "its file could not be judged"))
  }
}

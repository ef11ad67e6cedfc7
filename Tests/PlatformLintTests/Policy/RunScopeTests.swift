import PlatformLint
import Testing

@Suite("What a run looked at")
struct RunScopeTests {
  @Test(
    "takes in a file below a directory that was looked through",
    arguments: [
      ("", "a.dtb"), ("", "a/b.DTB"), (".", "a.dtbo"), ("out", "out/a.dtb"),
      ("out/", "out/x/a.dtb"),
      ("..", "a.dtb"), ("..", "../a.dtb"), ("../x", "../x/y/a.dtb"), ("../..", "../x/a.dtb"),
    ])
  func covered(directory: String, file: String) {
    #expect(RunScope(directories: [directory]).covers(file: file))
  }

  @Test(
    "takes in no other",
    arguments: [
      ("", "../a.dtb"), ("", "a.txt"), ("out", "a.dtb"), ("out", "outer/a.dtb"),
      ("out/x", "out/a.dtb"), ("..", "../../a.dtb"), ("../x", "../y/a.dtb"), ("../x", "a.dtb"),
    ])
  func notCovered(directory: String, file: String) {
    #expect(!RunScope(directories: [directory]).covers(file: file))
  }

  @Test("takes in what was named and what a pattern stands for")
  func named() {
    let scope = RunScope(
      judged: ["a.img"], failed: ["b.img"], patterns: [Glob("out/*.bin"), Glob("x.dtb")])
    #expect(["a.img", "b.img", "out/c.bin", "x.dtb"].allSatisfy(scope.covers))
    #expect(!scope.covers(file: "c.img") && !scope.covers(file: "out/d/c.bin"))
    #expect(scope.coversAll(of: Glob("out/*.bin")))
    #expect(!scope.coversAll(of: Glob("out/*.dtb")))
  }

  @Test("takes in all that a pattern stands for where its directory was looked through")
  func patterns() {
    let scope = RunScope(directories: ["out"])
    for pattern in ["out/a.dtb", "out/*.dtb", "out/**/*.dtbo", "out/x/*"] {
      #expect(scope.coversAll(of: Glob(pattern)), "\(pattern)")
    }
    for pattern in ["*.dtb", "a.dtb", "**/a.dtb", "o*/a.dtb", "out/*.img", "other/*.dtb"] {
      #expect(!scope.coversAll(of: Glob(pattern)), "\(pattern)")
    }
    #expect(RunScope(directories: [""]).coversAll(of: Glob("a.dtb")))
  }
}

import DTGenTestSupport
import Foundation
import PlatformDescription
import Testing

@testable import dtgen

@Suite("the sandbox of a description", .requiresDistribution)
struct SandboxTests {
  /// Reads a file, and names the platform after what came of it.
  private let curious = Description.named(
    "reading()",
    before: """
      import Glibc
      func reading() -> String {
        let file = open("/etc/passwd", O_RDONLY)
        return file < 0 ? "refused-\\(errno)" : "open"
      }
      """)

  @Test("denies files by Landlock where the kernel has no seccomp, and says that it does less")
  func landlockAlone() throws {
    var bench = try Bench()
    bench.options.absentLayers = ["seccomp"]
    let manifest = try bench.loader.load([try bench.write(curious)])
    #expect(try Platform(packed: manifest.model).name == "refused-\(EACCES)")
    #expect(
      manifest.warnings == """
        warning: this kernel has no seccomp: the description was evaluated with less protection

        """)
  }

  @Test("denies files by seccomp where the kernel has no Landlock")
  func seccompAlone() throws {
    var bench = try Bench()
    bench.options.absentLayers = ["landlock"]
    let source = try bench.write(curious)
    let error = #expect(throws: ManifestError.self) { try bench.loader.load([source]) }
    #expect(error?.code == .forbidden)
  }

  @Test(
    "is refused where a layer is missing and all are required",
    arguments: [
      "landlock", "seccomp",
    ])
  func required(layer: String) throws {
    var bench = try Bench()
    bench.options.absentLayers = [layer]
    bench.options.requiresSandbox = true
    let source = try bench.write(Description.plain)
    let error = #expect(throws: ManifestError.self) { try bench.loader.load([source]) }
    #expect(error?.exitStatus == 69)
    #expect(
      error?.text
        == "error: this kernel has no \(layer), and evaluating without it was ruled out")
  }

  @Test("is complete on this kernel")
  func complete() throws {
    var bench = try Bench()
    bench.options.requiresSandbox = true
    #expect(try bench.loader.load([try bench.write(Description.plain)]).warnings == "")
  }

  @Test("shows none of the user's environment")
  func environment() throws {
    let bench = try Bench()
    let source = try bench.write(
      Description.named(
        "names()",
        before: """
          import Glibc
          func names() -> String {
            ["HOME", "PATH", "USER"].filter { getenv($0) != nil }.joined(separator: "-") + "none"
          }
          """))
    let manifest = try bench.loader.load([source])
    #expect(try Platform(packed: manifest.model).name == "none")
  }

  @Test("doesn't let code be made at run time")
  func noNewCode() throws {
    let bench = try Bench()
    let source = try bench.write(
      Description.named(
        "map()",
        before: """
          import Glibc
          func map() -> String {
            let page = mmap(nil, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | 0x20, -1, 0)
            return "\\(String(describing: page))"
          }
          """))
    let error = #expect(throws: ManifestError.self) { try bench.loader.load([source]) }
    #expect(error?.code == .forbidden)
  }
}

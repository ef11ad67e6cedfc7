import DTGenTestSupport
import Foundation
import Testing

/// Programs in C and Rust with what `make library` leaves.
@Suite("the library, linked", .requiresLibrary)
struct EmbeddingTests {
  private static let compiler = Tool("cc", package: "gcc")
  private static let rust = Tool("rustc", package: "rustc")
  private static let pkgConfig = Tool("pkg-config", package: "pkg-config")
  private static let examples = Repository.fixtures + "/embedding"
  private static let library = Distribution.path + "/lib"

  /// What pkg-config says of the library.
  private static func flags(_ options: [String]) throws -> [String] {
    var environment = ProcessInfo.processInfo.environment
    environment["PKG_CONFIG_PATH"] = library + "/pkgconfig"
    let result = try pkgConfig.run(options + ["dtgen"], environment: environment)
    #expect(result.status == 0, "\(result.errors)")
    return result.text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static func compile(
    _ source: String, _ flags: [String], to program: String
  ) throws -> Tool {
    let result = try compiler.run(
      ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", source, "-o", program] + flags)
    #expect(result.status == 0, "\(result.errors)")
    return Tool(path: program, package: "")
  }

  /// A tree with a fault, and what the command says of it.
  private static func judged(in scratch: ScratchDirectory) throws -> (path: String, json: String) {
    let path = scratch.path + "/guest.dtb"
    let result = try Distribution.command().run(
      [
        "build", Repository.fixtures + "/platforms/protected-guest/platform.swift", "-o",
        scratch.path,
      ],
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": scratch.path,
      ])
    #expect(result.status == 0, "\(result.errors)")
    let broken = try Tool.fdtput.run(
      ["-t", "x", path, "/reserved-memory/bounce@5f000000", "reg", "0", "90000000", "0", "800000"])
    #expect(broken.status == 0)
    let json = try Distribution.command().run(
      ["lint", path, "--no-policy", "--format", "json"], environment: [:])
    #expect(json.status == 1)
    return (path, json.text)
  }

  @Test(
    "a program in C says what the command says, linked in either way",
    .requires(compiler), .requires(pkgConfig), .requires(.fdtput))
  func programInC() throws {
    let scratch = try ScratchDirectory()
    let (tree, json) = try Self.judged(in: scratch)
    let source = Self.examples + "/check.c"
    let shared = try Self.compile(
      source, try Self.flags(["--cflags", "--libs"]), to: scratch.path + "/shared")
    let result = try shared.run([tree], environment: ["LD_LIBRARY_PATH": Self.library])
    #expect(result.status == 1)
    #expect(result.text == json)
    #expect(result.errors == "")
    // The archive, and what it needs of the system.
    let cflags = try Self.flags(["--cflags"])
    let own = try Self.flags(["--static", "--libs"]).filter { $0 != "-ldtgen" }
    let linked = try Self.compile(
      source, cflags + [Self.library + "/libdtgen.a"] + own, to: scratch.path + "/static")
    let other = try linked.run([tree], environment: [:])
    #expect(other.status == 1)
    #expect(other.text == json)
  }

  @Test(
    "a program in C is told of the kernel and of a feature that is missing",
    .requires(compiler), .requires(pkgConfig))
  func threeInputs() throws {
    let scratch = try ScratchDirectory()
    let program = try Self.compile(
      Self.examples + "/check.c", try Self.flags(["--cflags", "--libs"]),
      to: scratch.path + "/check")
    let build = try Distribution.command().run(
      [
        "build", Repository.fixtures + "/platforms/protected-guest/platform.swift", "-o",
        scratch.path,
      ],
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": scratch.path,
      ])
    #expect(build.status == 0)
    let options = [
      "CC_IS_GCC", "ARM64", "OF", "SWIOTLB", "VIRTIO_MMIO", "VIRTIO_BLK", "VIRTIO_NET",
    ]
    .map { "CONFIG_\($0)=y\n" }.joined()
    let bare = try scratch.write([UInt8](options.utf8), to: "bare")
    let whole = try scratch.write(
      [UInt8]((options + "CONFIG_DMA_RESTRICTED_POOL=y\n").utf8), to: "whole")
    func run(_ configuration: String, _ features: String) throws -> Tool.Result {
      try program.run(
        [
          scratch.path + "/guest.dtb", configuration, "/virtio@a000000=2:\(features)",
          "/virtio@a000200=1:300000000",
        ], environment: ["LD_LIBRARY_PATH": Self.library])
    }
    let withheld = try run(whole, "100000000")
    #expect(withheld.status == 1)
    #expect(withheld.text.contains("\"dma/access-platform-not-offered\""))
    let unbuilt = try run(bare, "300000000")
    #expect(unbuilt.status == 1)
    #expect(unbuilt.text.contains("\"guest/pools-not-built\""))
    let right = try run(whole, "300000000")
    #expect(right.status == 0, "\(right.text)")
  }

  @Test(
    "a program in Rust says what the command says, from two threads",
    .requires(rust), .requires(.fdtput))
  func programInRust() throws {
    let scratch = try ScratchDirectory()
    let (tree, json) = try Self.judged(in: scratch)
    let built = try Self.rust.run([
      "--edition", "2021", "-D", "warnings", Self.examples + "/check.rs", "-L", Self.library, "-l",
      "dtgen", "-o", scratch.path + "/check",
    ])
    #expect(built.status == 0, "\(built.errors)")
    let result = try Tool(path: scratch.path + "/check", package: "")
      .run([tree], environment: ["LD_LIBRARY_PATH": Self.library])
    #expect(result.status == 1)
    #expect(result.text == json)
  }

  @Test(
    "exports what its header declares, and nothing else", .requires(Tool("nm", package: "binutils"))
  )
  func exports() throws {
    let names = try Tool("nm", package: "binutils")
      .run(["-D", "--defined-only", "--format=posix", Self.library + "/libdtgen.so"])
      .text.split(separator: "\n").compactMap { $0.split(separator: " ").first }
      .map { $0.prefix { $0 != "@" } }.filter { $0 != "DTGEN_0" }
    let header = try String(
      contentsOfFile: Distribution.path + "/include/dtgen.h", encoding: .utf8)
    let declared = header.matches(of: /\b(dtgen_[a-z_]+)\((?:const )?(?:dtgen_|void)/).map(\.1)
    #expect(names.sorted() == declared.sorted())
    #expect(!declared.isEmpty)
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips a test where the library hasn't been built, but never in CI.
  fileprivate static var requiresLibrary: Self {
    .enabled(
      if: FileManager.default.fileExists(atPath: Distribution.path + "/lib/libdtgen.so")
        || ProcessInfo.processInfo.environment["CI"] != nil,
      "there is no libdtgen: make library")
  }
}

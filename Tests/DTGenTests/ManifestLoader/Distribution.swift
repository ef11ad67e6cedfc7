import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen

/// What `make build` leaves, which is what these tests hold to account.
enum Distribution {
  /// Its directory; `DTGEN_DIST` names another one.
  static let path = ProcessInfo.processInfo.environment["DTGEN_DIST"] ?? Repository.root + "/dist"

  /// The directory of the files that a description is compiled and run with.
  static let library = path + "/lib/dtgen"

  /// A command of the distribution at `path`, as a tool to run.
  static func command(at path: String = path) -> Tool {
    Tool(path: path + "/bin/dtgen", package: "dtgen: make build")
  }

  static var isBuilt: Bool { FileManager.default.fileExists(atPath: library + "/dtgen-eval") }
}

extension Trait where Self == ConditionTrait {
  /// Skips a test where nothing has been built to test, but never in CI.
  static var requiresDistribution: Self {
    .enabled(
      if: Distribution.isBuilt || ProcessInfo.processInfo.environment["CI"] != nil,
      "there is no dist/: make build")
  }
}

/// A loader with a cache and a temporary directory of its own.
struct Bench {
  let scratch: ScratchDirectory
  var options: ManifestLoader.Options

  init() throws {
    scratch = try ScratchDirectory()
    options = ManifestLoader.Options()
    for name in ["cache", "tmp", "sources"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path + "/" + name, withIntermediateDirectories: true)
    }
    // Headers that the compiler has read once it need not read again for every test.
    let modules = Repository.root + "/.build/test-modules"
    for directory in [modules, scratch.path + "/cache/dtgen"] {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/cache/dtgen/modules", withDestinationPath: modules)
    options.environment.overrides = [
      "DTGEN_LIB": Distribution.library, "XDG_CACHE_HOME": scratch.path + "/cache",
      "TMPDIR": scratch.path + "/tmp",
    ]
  }

  var loader: ManifestLoader { ManifestLoader(options) }

  /// Writes a source and returns its path.
  func write(_ text: String, to name: String = "platform.swift") throws -> String {
    try scratch.write(Array(text.utf8), to: "sources/" + name)
  }

  /// What is left in the temporary directory.
  var litter: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: scratch.path + "/tmp")) ?? ["unreadable"]
  }
}

/// A description that evaluates.
enum Description {
  static func named(_ name: String, before: String = "") -> String {
    """
    import PlatformDescription
    \(before)
    let platform = Platform(\(name)) {
      VirtualMachine("guest", architecture: .arm64) {}
    }

    """
  }

  static let plain = named("\"plain\"")
}

import DTGenTestSupport
import Foundation

/// What the measurements need: tools, built files, and a directory for what comes out.
struct Workshop {
  /// `dist/bin/dtgen`.
  var dtgen: String
  /// This program.
  var dtgenDev = "/proc/self/exe"
  var dtc: String
  var iasl: String
  var swiftc: String
  /// Whether a rough answer will do.
  var isQuick: Bool
  private let scratch: ScratchDirectory

  /// - Throws: ``Failure`` where something isn't there.
  init(isQuick: Bool) throws {
    self.isQuick = isQuick
    dtgen = Repository.root + "/dist/bin/dtgen"
    guard FileManager.default.isExecutableFile(atPath: dtgen) else {
      throw Failure("there is no \(dtgen): run make build")
    }
    dtc = try Self.path(of: .dtc)
    iasl = try Self.path(of: .iasl)
    swiftc = try Self.path(of: .swiftc)
    scratch = try ScratchDirectory()
  }

  /// The path of a file to be written.
  func file(_ name: String) -> String { scratch.path + "/" + name }

  /// Writes a file, and returns its path.
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try scratch.write(bytes, to: name)
  }

  /// How often something runs.
  func rounds(_ thorough: Int) -> Int { isQuick ? max(thorough / 10, 3) : thorough }

  private static func path(of tool: Tool) throws -> String {
    guard let path = tool.path else {
      throw Failure("\(tool.name) is not installed: \(tool.package)")
    }
    return path
  }
}

extension Tool {
  /// The Swift compiler.
  static let swiftc = Tool("swiftc", package: "Swift from https://swift.org/install")
}

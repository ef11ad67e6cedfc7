import Foundation
public import Testing

/// A program that a test holds our work against.
///
/// A test names its oracles with ``Testing/Trait/requires(_:)``: where one is missing the test is
/// reported as skipped, except in CI, where it runs and fails.
public struct Tool: Sendable {
  /// The command's name.
  public let name: String
  /// What to install to have it.
  public let package: String
  /// The command that installs a package.
  public let installer: String
  /// Where it is looked for before the path.
  public let directories: [String]

  /// A program found in one of `directories`, or on the path.
  public init(
    _ name: String, package: String, installer: String = "apt-get install",
    directories: [String] = []
  ) {
    self.name = name
    self.package = package
    self.installer = installer
    self.directories = directories
  }

  /// A program at a fixed place.
  public init(path: String, package: String) {
    self.init(path, package: package)
  }

  /// The device tree compiler.
  public static let dtc = Tool("dtc", package: "device-tree-compiler")
  /// Lays overlays over a device tree.
  public static let fdtoverlay = Tool("fdtoverlay", package: "device-tree-compiler")
  /// Edits a property in a DTB.
  public static let fdtput = Tool("fdtput", package: "device-tree-compiler")
  /// QEMU for arm64, which writes its own device tree.
  public static let qemuArm = Tool("qemu-system-aarch64", package: "qemu-system-arm")
  /// ACPICA's compiler and disassembler.
  public static let iasl = Tool("iasl", package: "acpica-tools")
  /// ACPICA's interpreter, as a program.
  public static let acpiexec = Tool("acpiexec", package: "acpica-tools")
  /// QEMU for x86, which makes its own tables.
  public static let qemuX86 = Tool("qemu-system-x86_64", package: "qemu-system-x86")
  /// QEMU for RISC-V, which writes its own device tree.
  public static let qemuRISCV = Tool("qemu-system-riscv64", package: "qemu-system-misc")
  /// QEMU for s390x, whose machine has no description.
  public static let qemuS390 = Tool("qemu-system-s390x", package: "qemu-system-misc")
  /// QEMU for POWER.
  public static let qemuPOWER = Tool("qemu-system-ppc64", package: "qemu-system-ppc")

  /// The program's path, or nil where it isn't installed.
  public var path: String? {
    if name.contains("/") {
      return FileManager.default.isExecutableFile(atPath: name) ? name : nil
    }
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return (directories + path.map(String.init)).map { "\($0)/\(name)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  /// What a program left behind.
  public struct Result: Sendable {
    /// The exit status; negative for the number of the signal that ended it.
    public var status: Int32
    /// What it wrote to standard output.
    public var output: [UInt8]
    /// What it wrote to standard error.
    public var errors: String
    /// The output as text.
    public var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// Runs the program to its end.
  ///
  /// Output goes through files, so that a program that writes much to both streams can't block.
  ///
  /// - Throws: ``Missing`` where it isn't installed, and what `Process` throws.
  public func run(
    _ arguments: [String], input: [UInt8] = [], directory: String? = nil,
    environment: [String: String]? = nil
  ) throws -> Result {
    guard let path else { throw Missing(tool: self) }
    let scratch = try ScratchDirectory()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
    if let environment { process.environment = environment }
    let inputPath = try scratch.write(input, to: "stdin")
    let outputPath = try scratch.write([], to: "stdout")
    let errorPath = try scratch.write([], to: "stderr")
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: inputPath))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
    try process.run()
    process.waitUntilExit()
    let signalled = process.terminationReason == .uncaughtSignal
    return Result(
      status: signalled ? -process.terminationStatus : process.terminationStatus,
      output: try [UInt8](Data(contentsOf: URL(fileURLWithPath: outputPath))),
      errors: String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: errorPath)), as: UTF8.self))
  }

  /// The program isn't installed.
  public struct Missing: Error, CustomStringConvertible {
    let tool: Tool
    /// What is missing, and what to install.
    public var description: String {
      "\(tool.name) is not installed: \(tool.installer) \(tool.package)"
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips a test without this tool, in CI, too: it is one that `make test` doesn't install.
  public static func wants(_ tool: Tool) -> Self {
    .enabled(
      if: tool.path != nil, "\(tool.name) is not installed: \(tool.installer) \(tool.package)")
  }

  /// Skips a test without this tool, but never in CI, where a missing oracle is a failure.
  public static func requires(_ tool: Tool) -> Self {
    .enabled(
      if: tool.path != nil || ProcessInfo.processInfo.environment["CI"] != nil,
      "\(tool.name) is not installed: \(tool.installer) \(tool.package)")
  }
}

import DTGenTestSupport
import Foundation

/// Programs that stand in for QEMU and apt, so that what goes wrong with them can be had at will.
struct StandInTools {
  let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    for folder in ["bin", "marks", "tmp"] {
      try FileManager.default.createDirectory(
        atPath: "\(scratch.path)/\(folder)", withIntermediateDirectories: false)
    }
    try qemu(version: "7.2.1")
    // What a kernel is built with is there.
    for name in ["dpkg", "make", "gcc"] { try add(name, "exit 0") }
    try add("apt-cache", "echo '  Candidate: 6.12.1-1'")
  }

  /// A program with this text, before all others on the path.
  func add(_ name: String, _ text: String) throws {
    try scratch.writeProgram("#!/bin/bash\n\(text)\n", to: "bin/\(name)")
  }

  /// A QEMU of this version, whose guests say nothing for a long time.
  func qemu(version: String) throws {
    try add(
      "qemu-system-aarch64",
      "[[ $1 != --version ]] || { echo 'QEMU emulator version \(version)'; exit; }\n\(Self.lasting)"
    )
  }

  /// Leaves its number behind, and goes on for longer than any test waits.
  static let lasting = "echo $$ >\"$STAND_IN_MARKS/$$\"; exec sleep 300"

  /// The environment in which they are found; nil for a variable takes it away.
  func environment(_ changes: [String: String?] = [:]) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["CI"] = nil
    environment["PATH"] = "\(scratch.path)/bin:\(environment["PATH"] ?? "/usr/bin:/bin")"
    environment["TMPDIR"] = scratch.path + "/tmp"
    environment["STAND_IN_MARKS"] = scratch.path + "/marks"
    environment["DTGEN_GUEST_CACHE"] = scratch.path + "/cache"
    environment["DTGEN_GUEST_KEEP"] = nil
    for (name, value) in changes { environment[name] = value }
    return environment
  }

  /// The script that makes kernels.
  static let script = Tool(path: Repository.root + "/.ci/guest-kernel", package: "git")
  /// The helper, as it was built with the tests.
  static let helper = Tool(
    path: Repository.root + "/.build/debug/dtgen-dev", package: "swift build")

  /// Puts a kernel into the cache, which no machine could run, and gives its folder.
  func keepKernel() throws -> String {
    let place = try Self.script.run(["-p", "arm64"], environment: environment()).text
    let folder = place.trimmingCharacters(in: .whitespacesAndNewlines)
      .replacing("arm64=", with: "")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in [
      ("Image", "a kernel with <5>DTGEN \n"), ("Image-without-pools", "another, <5>DTGEN \n"),
      ("VERSION", "6.12.1-1\n"),
    ] {
      try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
    }
    _ = try Tool("bash", package: "bash").run(
      ["-c", "sha256sum Image Image-without-pools VERSION >SHA256SUMS"], directory: folder)
    return folder
  }

  /// The processes that left their number behind.
  var marked: [Int32] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: scratch.path + "/marks")
    return (names ?? []).compactMap { Int32($0) }
  }

  /// The names of what is in the temporary folder.
  var temporary: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: scratch.path + "/tmp")) ?? []
  }

  /// Whether something comes true within some seconds.
  static func waits(_ seconds: Double = 20, until isTrue: () -> Bool) -> Bool {
    for _ in 0..<Int(seconds * 50) {
      if isTrue() { return true }
      usleep(20_000)
    }
    return isTrue()
  }

  /// Whether a process is there and runs: one that nobody has waited for yet does not.
  static func runs(_ process: Int32) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return false
    }
    return status.split(separator: ")").last?.split(separator: " ").first != "Z"
  }
}

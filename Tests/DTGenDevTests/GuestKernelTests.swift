import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen_dev

@Suite("What can be wrong with kernels and emulators")
struct GuestKernelTests {
  @Test("a package that apt doesn't know is said, and what was kept is as good")
  func unknownPackage() throws {
    let tools = try StandInTools()
    let folder = try tools.keepKernel()
    try tools.add("apt-cache", "exit 100")
    try tools.add("apt-get", "exit 100")
    let kept = try StandInTools.script.run(["arm64"], environment: tools.environment())
    #expect(kept.status == 0 && kept.text == "arm64=\(folder)\n")
    #expect(kept.errors.contains("note: apt knows no linux-source-6.12"))
    #expect(kept.errors.contains("using the kernel of 6.12.1-1"))
    try FileManager.default.removeItem(atPath: folder)
    let none = try StandInTools.script.run(["arm64"], environment: tools.environment())
    #expect(none.status == 1 && none.text.isEmpty)
    #expect(none.errors.contains("error: apt knows no linux-source-6.12"))
    #expect(none.errors.contains("no kernel for arm64 was kept"))
  }

  @Test(
    "a kernel that was cut short is no kernel",
    arguments: [
      "truncate -s 4 Image", "rm Image-without-pools", ": >SHA256SUMS", "rm SHA256SUMS VERSION",
      "sed -i /without/d SHA256SUMS; rm Image-without-pools", "truncate -s 1 VERSION",
    ])
  func damaged(fault: String) throws {
    let tools = try StandInTools()
    let folder = try tools.keepKernel()
    let whole = try StandInTools.script.run(["-n", "arm64"], environment: tools.environment())
    #expect(whole.status == 0 && whole.text == "arm64=\(folder)\n")
    _ = try Tool("bash", package: "bash").run(["-c", fault], directory: folder)
    let cut = try StandInTools.script.run(["-n", "arm64"], environment: tools.environment())
    #expect(cut.status == 1 && cut.text.isEmpty)
    #expect(cut.errors.contains("the kernel in \(folder) is damaged\n"))
    #expect(cut.errors.contains("error: there is no kernel for arm64"))
    // Whoever only asks changes nothing.
    #expect(FileManager.default.fileExists(atPath: folder))
  }

  @Test("a kernel that can't be checked is not damaged, and stays")
  func unchecked() throws {
    let tools = try StandInTools()
    let folder = try tools.keepKernel()
    try tools.add("sha256sum", "[[ $* == *-c* ]] && exit 126; exec /usr/bin/sha256sum \"$@\"")
    let run = try StandInTools.script.run(["arm64"], environment: tools.environment())
    #expect(run.status == 2)
    #expect(run.errors.contains("error: the kernel in \(folder) can't be checked"))
    #expect(FileManager.default.fileExists(atPath: folder + "/Image"))
  }

  @Test("where nobody says where kernels are kept, none is taken from where anybody can put it")
  func homeless() throws {
    let tools = try StandInTools()
    let run = try StandInTools.script.run(
      ["arm64"],
      environment: tools.environment([
        "HOME": nil, "XDG_CACHE_HOME": nil, "DTGEN_GUEST_CACHE": nil,
      ]))
    #expect(run.status == 2)
    #expect(run.errors.contains("error: neither HOME nor DTGEN_GUEST_CACHE says"))
  }

  @Test("without a network it is said what could not be fetched, and nothing is left behind")
  func offline() throws {
    let tools = try StandInTools()
    try tools.add("apt-get", "echo 'E: no such host' >&2; exit 100")
    let run = try StandInTools.script.run(["arm64"], environment: tools.environment())
    #expect(run.status == 1)
    #expect(run.errors.contains("E: no such host"))
    #expect(run.errors.contains("error: linux-source-6.12 6.12.1-1 could not be fetched"))
    let left = try FileManager.default.contentsOfDirectory(atPath: tools.scratch.path + "/cache")
    #expect(left == ["lock"])
  }

  @Test("an archive that can't be unpacked is said, with the room that is left")
  func unpacking() throws {
    let tools = try StandInTools()
    try tools.add("apt-get", "touch linux.deb")
    try tools.add("dpkg-deb", "echo 'No space left on device' >&2; exit 2")
    let run = try StandInTools.script.run(["arm64"], environment: tools.environment())
    #expect(run.status == 1)
    #expect(run.errors.contains("error: linux-source-6.12 could not be unpacked; there are "))
    #expect(run.errors.contains(" MiB free in "))
  }

  @Test("a cache that is full, or can't be written, is said")
  func cache() throws {
    let tools = try StandInTools()
    try tools.add("df", "echo Filesystem; echo disk 9 9 102400 9% /")
    let full = try StandInTools.script.run(["arm64"], environment: tools.environment())
    #expect(full.status == 1)
    #expect(full.errors.contains("error: building a kernel takes 2500 MiB, and there are 100 MiB"))
    let file = try tools.scratch.write([], to: "file")
    let run = try StandInTools.script.run(
      ["arm64"], environment: tools.environment(["DTGEN_GUEST_CACHE": file]))
    #expect(run.status == 2)
    #expect(run.errors.contains("error: the cache \(file) can't be written"))
  }

  @Test("one build waits for another, and says so")
  func waiting() throws {
    let tools = try StandInTools()
    let cache = tools.scratch.path + "/cache"
    try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
    try tools.add("apt-get", "exit 100")
    let run = try Tool("bash", package: "bash").run(
      ["-c", "flock '\(cache)/lock' sleep 1 & sleep 0.5; .ci/guest-kernel arm64"],
      directory: Repository.root, environment: tools.environment())
    #expect(run.errors.contains("waiting for another build in \(cache)"))
    #expect(run.errors.contains("could not be fetched"))
  }

  @Test(
    "without an emulator that will do nothing is green",
    arguments: [("6.2.0", "too old: 6.2, and 7.2 is needed"), (nil, "is not installed")])
  func emulators(version: String?, text: String) throws {
    let tools = try StandInTools()
    var changes: [String: String?] = [:]
    if let version {
      try tools.qemu(version: version)
    } else {
      changes["PATH"] = tools.scratch.path + "/tmp"
    }
    let line = ["boot", "dma/two-pools", "--logs", tools.scratch.path + "/logs"]
    let skipped = try StandInTools.helper.run(line, environment: tools.environment(changes))
    #expect(skipped.status == 77)
    #expect(skipped.errors.contains("SKIPPED: nothing was booted"))
    #expect(skipped.errors.contains(text))
    changes["CI"] = "true"
    let failed = try StandInTools.helper.run(line, environment: tools.environment(changes))
    #expect(failed.status == 1)
    #expect(failed.errors.contains(text))
  }

  @Test("a QEMU that ends at once has booted nothing, whatever was predicted", .requires(.dtc))
  func crash() throws {
    let tools = try StandInTools()
    _ = try tools.keepKernel()
    try tools.add(
      "qemu-system-aarch64",
      "[[ $1 != --version ]] || { echo 'QEMU emulator version 7.2.1'; exit; }\n"
        + "echo 'no memory' >&2; exit 1")
    let run = try StandInTools.helper.run(
      ["boot", "guest/no-interrupt-controller", "--logs", tools.scratch.path + "/logs"],
      environment: tools.environment())
    #expect(run.status == 1)
    #expect(run.text.contains("QEMU ended: no memory"))
    #expect(run.text.contains("0 as predicted"))
  }
}

import DTGenTestSupport
import Foundation
import PlatformLint
import Testing

/// Whatever keeps a guest from being judged keeps it from running.
@Suite("a gate that can't judge", .requiresDistribution, .requires(.qemuArm))
struct GateRefusalTests {
  private let scene: GateScene

  init() throws { scene = try GateScene() }

  @Test(
    "starts no guest: what is asked of it",
    arguments: [
      (["--guest-config", "none"], 66, "none: no such file"),
      (["--guest-config", "page.html"], 65, "page.html:1: no configuration of a kernel"),
      (["--guest", "debian-11"], 64, "--guest: the options of 'debian-11' aren't known here"),
      ([], 64, "nothing is known of the guest's kernel"),
      (["--fail-on", "never"], 64, "--fail-on is never: a gate that nothing fails"),
      (["--policy", "never.json"], 78, "failOn of the policy is never"),
      (["--policy", "off.json"], 64, "no rule is left to run"),
      (["--policy", "typo.json"], 78, "typo.json"),
      (["--policy", "missing.json"], 66, "missing.json"),
      (["--unknown-kernel", "--require", "guest"], 77, "guest/pools-not-built is required"),
      (["--keep-tree", "none/kept.dtb"], 73, "none/kept.dtb"),
    ] as [([String], Int32, String)])
  func options(_ options: [String], _ status: Int32, _ message: String) throws {
    try scene.write("page.html", "<!doctype html>\n<title>404</title>\n")
    try scene.write("never.json", #"{"failOn": "never"}"#)
    try scene.write("typo.json", #"{"failOm": "error"}"#)
    let off = RuleCatalogue.families.map { #""\#($0)": "off""# }.joined(separator: ", ")
    try scene.write("off.json", #"{"severities": {\#(off)}}"#)
    let isOfKernel =
      options.isEmpty
      || ["--guest-config", "--guest", "--unknown-kernel"]
        .contains(options[0])
    let result = try scene.gate((isOfKernel ? [] : GateScene.kernel) + options, GateScene.right)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.text == "")
  }

  @Test(
    "starts no guest: what QEMU is asked for",
    arguments: [
      (["-daemonize"], 64, "-daemonize: the gate has to see its QEMU end"),
      (["-preconfig"], 64, "-preconfig"), (["-incoming", "defer"], 64, "-incoming"),
      (["--loadvm", "x"], 64, "-loadvm"), (["-version"], 64, "-version: starts no machine"),
      (["-M", "virt,dumpdtb=x"], 64, "dumpdtb= of -M"),
      (["-no-such-option"], 1, "invalid option"),
      (["-device", "no-such-device"], 1, "no-such-device"),
    ] as [([String], Int32, String)])
  func commands(_ words: [String], _ status: Int32, _ message: String) throws {
    let result = try scene.gate(GateScene.kernel, GateScene.right + words)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.text == "")
  }

  @Test(
    "starts no guest: what stands in QEMU's place",
    arguments: [
      ("exit 0", 76, "stand-in: ended before its guest was judged"), ("exit 3", 3, ""),
      ("kill -KILL $$", -9, ""),
      ("exec sleep 60", 76, "stand-in: says nothing for 1 s, which --timeout allows it"),
      (
        "trap '' TERM; \(speak("hello")); exec sleep 60", 76,
        "stand-in: says 'hello', which is no message of QMP"
      ),
      ("\(speak(greeting)); exec sleep 60", 76, "says nothing for 1 s"),
      ("\(speak(greeting)); kill -SEGV $$", -11, ""),
      (
        "\(speak(greeting, #"{"return": {}}"#, #"{"return": {"status": "running"}}"#)); exec sleep 60",
        76, "is 'running', and not 'prelaunch'"
      ),
      (
        "\(speak(greeting, #"{"return": {}}"#, #"{"return": {"status": 7}}"#)); exec sleep 60", 76,
        "which is no message of QMP"
      ),
      (
        speak(greeting) + #"; eval "exec $n>&-"; exec sleep 60"#,
        76, "has closed its monitor"
      ),
    ] as [(String, Int32, String)])
  func standIns(_ text: String, _ status: Int32, _ message: String) throws {
    let result = try scene.gate(GateScene.kernel + ["--timeout", "1"], standIn: text)
    #expect(result.status == status, "\(result.errors)")
    #expect(message.isEmpty || result.errors.contains(message), "\(result.errors)")
    #expect(scene.litter == [])
  }

  @Test("starts no guest: a QEMU that isn't there, and one without a tree")
  func absent() throws {
    let absent = try scene.gate(GateScene.kernel, ["qemu-system-vax"])
    #expect(absent.status == 69)
    #expect(absent.errors.contains("qemu-system-vax: can't be started: no such file"))
    let none = try scene.gate(GateScene.kernel, [])
    #expect(none.status == 64)
  }

  @Test(
    "starts no guest of a machine of which it doesn't know what the guest goes by",
    .requires(.qemuArm))
  func otherMachine() throws {
    let result = try scene.gate(
      GateScene.kernel,
      [
        "qemu-system-aarch64", "-M", "sbsa-ref", "-cpu", "cortex-a57", "-nodefaults", "-display",
        "none",
      ])
    #expect(result.status == 76)
    #expect(result.errors.contains("is no machine of which the gate knows"), "\(result.errors)")
  }

  private static let greeting = #"{"QMP": {"version": {}, "capabilities": []}}"#

  /// Writes lines to the monitor, whose number is in the file that the last word names.
  private static func speak(_ lines: String...) -> String {
    #"file=${!#}; n=$(sed -n 's/.*fd = "\(.*\)"/\1/p' "$file" | head -n 1); "#
      + lines.map { "echo '\($0)' >&$n" }.joined(separator: "; ")
  }
}

import DTGenTestSupport
import Foundation
import Testing

/// With a program in crosvm's place, which takes its options and does what it says of them.
@Suite("dtgen gate crosvm", .requiresDistribution)
struct GateCrosvmTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    let description = """
      import PlatformDescription
      let platform = Platform("gated") {
        VirtualMachine("guest", on: .crosvm(swiotlb: .mib(64)), cpus: 1, memory: .mib(512)) {}
      }
      """
    try scratch.write(Array(description.utf8), to: "platform.swift")
    let built = try Command.run(["build", "platform.swift", "-q"], in: scratch)
    #expect(built.status == 0, "\(built.errors)")
    let text = KernelText.configuration(pools: true)
    try scratch.write(Array(text.utf8), to: "config")
    try scratch.writeProgram(Self.crosvm, to: "crosvm")
  }

  /// Writes the tree in two parts, and runs its guest when it is resumed.
  private static let crosvm = """
    #!/bin/bash
    here=$(dirname "$0")
    if [[ $1 == resume ]]; then [[ -e $2 ]] && touch "$here/resumed"; exit; fi
    printf '%s\\n' "$@" >"$here/words"
    while (($# > 0)); do
      case $1 in
        --dump-device-tree-blob) tree=$2; shift ;;
        --socket | -s) socket=$2; shift ;;
        --suspended) suspended=yes ;;
        --dies) exit 3 ;;
        --hangs) exec sleep 60 ;;
        --deaf) deaf=yes ;;
      esac
      shift
    done
    [[ -z $deaf ]] && touch "$socket"
    head -c 300 "$here/guest.dtb" >"$tree"
    sleep 0.1
    tail -c +301 "$here/guest.dtb" >>"$tree"
    [[ -n $suspended ]] || exit 9
    until [[ -e $here/resumed ]]; do sleep 0.02; done
    echo k
    exit 42
    """

  private func gate(_ words: [String], _ options: [String] = []) throws -> Tool.Result {
    try Command.run(
      ["gate", "crosvm", "--guest-config", "config"] + options + ["--", scratch.path + "/crosvm"]
        + words, in: scratch)
  }

  @Test("starts a guest that is protected, and refuses one whose pool nobody uses")
  func protected() throws {
    let words = ["--mem", "512", "--swiotlb", "64", "--block", "path=disk.img", "Image"]
    let refused = try gate(["run"] + words)
    #expect(refused.status == 77)
    #expect(refused.errors.contains("[dma/access-platform-not-offered]"))
    #expect(scratch.read("resumed") == nil)
    let started = try gate(["--log-level", "warn", "run", "--protected-vm"] + words)
    #expect(started.status == 42, "\(started.errors)")
    #expect(started.text == "k\n")
    let given = String(decoding: scratch.read("words") ?? [], as: UTF8.self)
      .split(separator: "\n").map(String.init)
    #expect(
      given.prefix(5) == ["--log-level", "warn", "run", "--suspended", "--dump-device-tree-blob"])
    #expect(given.suffix(8) == ["--protected-vm"] + words)
  }

  @Test(
    "starts no guest that it can't judge",
    arguments: [
      (["run", "--dies"], 3, ""), (["run", "--hangs"], 76, "writes no tree for 1 s"),
      (["run", "--protected-vm", "--deaf"], 76, "doesn't resume its guest when it is told to"),
      (["start"], 64, "there is no 'run' behind crosvm"),
      (["run", "--cfg", "vm.json"], 64, "--cfg: its devices stand in a file"),
      (["run", "--restore=x"], 64, "--restore: the guest that is restored"),
      (["run", "--dump-device-tree-blob", "x"], 64, "the gate asks for the tree itself"),
      (["run", "-s", "."], 64, "--socket .: is a directory"),
    ] as [([String], Int32, String)])
  func refused(_ words: [String], _ status: Int32, _ message: String) throws {
    let result = try gate(words, ["--timeout", "1"])
    #expect(result.status == status, "\(result.errors)")
    #expect(message.isEmpty || result.errors.contains(message), "\(result.errors)")
    #expect(result.text == "")
  }

  @Test("is what check takes for features, too")
  func check() throws {
    for (options, status) in [([], 1), (["--protected-vm"], 0)] as [([String], Int32)] {
      let result = try Command.run(
        ["check", "guest.dtb", "--guest-config", "config", "--vmm", "crosvm", "run"] + options
          + ["--net", "tap-name=t", "--serial", "type=stdout,hardware=virtio-console", "Image"],
        in: scratch)
      #expect(result.status == status, "\(result.text)\(result.errors)")
    }
  }
}

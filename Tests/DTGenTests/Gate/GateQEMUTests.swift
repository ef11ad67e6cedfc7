import DTGenTestSupport
import Foundation
import Testing

@Suite(
  "dtgen gate qemu", .requiresDistribution, .requires(.qemuArm),
  .requires(Tool("perl", package: "perl")))
struct GateQEMUTests {
  private let scene: GateScene

  init() throws { scene = try GateScene() }

  @Test("refuses a guest whose disk would go past its pool, and says so")
  func feature() throws {
    let result = try scene.gate(GateScene.kernel, GateScene.qemu())
    #expect(result.status == 77)
    #expect(result.text == "")
    #expect(result.errors.contains("[dma/access-platform-not-offered]"))
    #expect(
      result.errors.contains("guest: the log names the pool as assigned, and the device uses all"))
    #expect(
      result.errors.hasSuffix(
        "dtgen: error: qemu-system-aarch64: the guest was not started, because of what was found\n")
    )
    #expect(scene.litter == [])
  }

  @Test("refuses a kernel without restricted pools, and says so")
  func kernel() throws {
    for kernel in [["--guest-config", "config-without"], ["--guest", "debian-13-cloud-arm64"]] {
      let result = try scene.gate(kernel, GateScene.right)
      #expect(result.status == 77)
      #expect(result.text == "")
      #expect(result.errors.contains("[guest/pools-not-built]"))
    }
  }

  /// The guest itself writes to the console and ends QEMU with 42.
  @Test("starts a guest that is right, and ends as QEMU does")
  func right() throws {
    let result = try scene.gate(GateScene.kernel, GateScene.right)
    #expect(result.status == 42)
    #expect(result.text == "k\n")
    #expect(result.errors == "")
    #expect(scene.litter == [])
  }

  @Test("finds what the kernel was built with in its image")
  func embedded() throws {
    for (pools, status) in [(true, 42), (false, 77)] as [(Bool, Int32)] {
      let name = pools ? "config" : "config-without"
      let packed = try Tool("gzip", package: "gzip").run(
        ["-c", name], directory: scene.scratch.path)
      try scene.scratch.write(
        GuestProgram.ending + Array("IKCFG_ST".utf8) + packed.output + Array("IKCFG_ED".utf8),
        to: "image")
      let result = try scene.gate([], GateScene.qemu(disk: ",iommu_platform=on", kernel: "image"))
      #expect(result.status == status, "\(result.errors)")
      #expect(
        result.errors.contains("the configuration in image has no CONFIG_DMA_RESTRICTED_POOL")
          != pools)
    }
  }

  @Test("leaves a guest stopped that is to stay so, and passes signals on")
  func stopped() throws {
    let words = ["gate", "qemu", "-v"] + GateScene.kernel + ["--"] + GateScene.right + ["-S"]
    let script = """
      "$0" "$@" >out 2>errors & gate=$!
      until grep -q 'stays stopped, as its VMM was told' errors; do sleep 0.05; done
      sleep 0.3; kill -TERM $gate; wait $gate; echo $?; cat out
      """
    let result = try bash(script, words)
    #expect(result.text == "0\n", "\(result.errors)")
  }

  @Test("ends by the signal that ends QEMU, and QEMU ends with it")
  func signals() throws {
    let words =
      ["gate", "qemu"] + GateScene.kernel + ["--"]
      + GateScene.qemu(disk: ",iommu_platform=on", kernel: "lasting")
    let script = """
      rm -f out; "$0" "$@" >out & gate=$!
      until grep -qs k out; do sleep 0.05; done
      qemu=$(pgrep -P $gate); kill -SIGNAL ${!TARGET}; wait $gate; echo $?
      for ((i = 0; i < 100; i++)); do kill -0 $qemu 2>/dev/null || exit 0; sleep 0.05; done
      echo still there
      """
    for (signal, target, status) in [
      ("KILL", "qemu", 137), ("KILL", "gate", 137), ("TERM", "gate", 0), ("HUP", "gate", 0),
    ] {
      let text = script.replacing("SIGNAL", with: signal).replacing(
        "${!TARGET}", with: "$\(target)")
      let result = try bash(text, words)
      #expect(result.text == "\(status)\n", "\(signal) \(target): \(result.errors)")
    }
  }

  /// Keys that a monitor of the gate's own would have taken away.
  @Test("leaves the console its keys, and open files to QEMU")
  func console() throws {
    var words = GateScene.qemu(disk: ",iommu_platform=on", kernel: "lasting")
    words.replace(
      ["-nodefaults", "-display", "none", "-serial", "stdio"], with: ["-nographic", "-nic", "none"])
    words += ["-add-fd", "fd=9,set=1", "-chardev", "file,id=f,path=/dev/fdset/1,append=on"]
    let script = """
      (until grep -q k out; do sleep 0.05; done; printf '\\001x') | "$0" "$@" 9>>file >out; echo $?
      """
    let result = try bash(script, ["gate", "qemu"] + GateScene.kernel + ["--"] + words)
    #expect(result.text == "0\n", "\(result.errors)")
    #expect(
      scene.scratch.read("out").map { String(decoding: $0, as: UTF8.self) }?.contains(
        "QEMU: Terminated") == true)
  }

  @Test("judges QEMU's own devices, in windows, on PCI and behind ports")
  func devices() throws {
    let words = [
      "qemu-system-aarch64", "-M", "virt,gic-version=3", "-cpu", "cortex-a57", "-nographic",
      "-device", "pcie-root-port,id=port0", "-device", "virtio-rng-pci,bus=port0", "-device",
      "virtio-rng-device", "-kernel", "ending", "-semihosting",
    ]
    let result = try scene.gate(["--unknown-kernel", "--keep-tree", "kept.dtb"], words)
    #expect(result.status == 42, "\(result.errors)")
    // The card that nobody asked for is there, too.
    let kept = try Command.run(["show", "kept.dtb"], in: scene.scratch)
    #expect(kept.text.contains("rng-seed"))
  }

  /// Runs bash for a minute at the most, with no signals blocked: those of Foundation's threads are, and with
  /// them those of its processes.
  private func bash(_ script: String, _ words: [String]) throws -> Tool.Result {
    let unblock = "use POSIX; sigprocmask(SIG_SETMASK, POSIX::SigSet->new); exec @ARGV"
    return try Tool("perl", package: "perl").run(
      ["-e", unblock, "timeout", "-k", "1", "60", "bash", "-c", script]
        + [Distribution.path + "/bin/dtgen"] + words, directory: scene.scratch.path)
  }
}

import DTGenTestSupport
import Foundation
import Testing

@Suite("dtgen check", .requiresDistribution)
struct CheckCommandTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    let source = Repository.fixtures + "/platforms/protected-guest/platform.swift"
    let result = try Command.run(
      ["build", source, "-q", "-o", ".", "--emit", "dtb,features"], in: scratch)
    #expect(result.status == 0, "\(result.errors)")
    try write("config", KernelText.configuration(pools: true))
    try write("config-without", KernelText.configuration(pools: false))
  }

  private func write(_ name: String, _ text: String) throws {
    try scratch.write(Array(text.utf8), to: name)
  }

  private func check(_ arguments: String...) throws -> Tool.Result {
    try Command.run(["check", "guest.dtb"] + arguments, in: scratch)
  }

  private static let machine = [
    "--vmm", "qemu-system-aarch64", "-M", "virt,gic-version=3", "-nic", "none", "-global",
    "virtio-mmio.force-legacy=false", "-device",
    "virtio-net-device,bus=virtio-mmio-bus.1,netdev=n,iommu_platform=on", "-device",
  ]

  @Test("passes a guest that is right in all three")
  func right() throws {
    let result = try check(
      "--features", "guest-features.json", "--guest-config", "config", "--require", "dma",
      "--require", "guest")
    #expect(result.status == 0, "\(result.text)")
  }

  @Test("reads what devices offer from standard input, and that once")
  func stream() throws {
    let features = try #require(scratch.read("guest-features.json"))
    let arguments = ["check", "guest.dtb", "--guest-config", "config", "--require", "dma"]
    let right = try Command.run(arguments + ["--features", "-"], in: scratch, input: features)
    #expect(right.status == 0, "\(right.text)\(right.errors)")
    let wrong = try Command.run(
      arguments + ["--features", "-"], in: scratch, input: Array("{".utf8))
    #expect(wrong.status == 65)
    #expect(wrong.errors.contains("standard input:1:2"), "\(wrong.errors)")
    let twice = try Command.run(
      ["check", "-", "--features", "-"], in: scratch, input: features)
    #expect(twice.status == 64)
    #expect(twice.errors.contains("can be read once"))
  }

  @Test("takes a list of no devices for what was told, and QEMU's options for QEMU's")
  func nothing() throws {
    try write("none.json", #"{"version": 1, "devices": []}"#)
    let none = try check("--features", "none.json", "--guest-config", "config")
    #expect(none.status == 1 && none.text.contains("[virtio/device-without-features]"))
    let command = try check(
      "--guest-config", "config", "--vmm", "qemu-system-aarch64", "-nographic", "-machine", "virt",
      "-nic", "none")
    #expect(command.status == 1, "\(command.errors)")
    #expect(command.text.contains("[virtio/device-without-features]"))
  }

  @Test("refuses a feature that is left out on QEMU's command line, and says what would happen")
  func feature() throws {
    let disk = "virtio-blk-device,bus=virtio-mmio-bus.0,drive=d"
    let result = try Command.run(
      ["check", "guest.dtb", "--guest-config", "config"] + Self.machine + [disk], in: scratch)
    #expect(result.status == 1)
    #expect(result.text.contains("[dma/access-platform-not-offered]"))
    let offered = try Command.run(
      ["check", "guest.dtb", "--guest-config", "config"] + Self.machine
        + [disk + ",iommu_platform=on"], in: scratch)
    #expect(offered.status == 0, "\(offered.text)")
  }

  @Test("refuses a command line of a VMM that is empty, as an unset variable leaves it")
  func noVMM() throws {
    let result = try check("--guest-config", "config", "--vmm")
    #expect(result.status == 64, "\(result.text)")
    #expect(result.errors.contains("Name the command line of a VMM"))
  }

  @Test("refuses a kernel without the restricted pool")
  func kernel() throws {
    for kernel in [["--guest-config", "config-without"], ["--guest", "debian-12-arm64"]] {
      let result = try Command.run(
        ["check", "guest.dtb", "--features", "guest-features.json"] + kernel, in: scratch)
      #expect(result.status == 1)
      #expect(result.text.contains("[guest/pools-not-built]"))
    }
  }

  @Test("reads what /proc/config.gz holds", .requires(Tool("gzip", package: "gzip")))
  func packed() throws {
    let packed = try Tool("gzip", package: "gzip").run(
      ["-c", "config-without"], directory: scratch.path)
    try scratch.write(packed.output, to: "config.gz")
    let result = try check("--guest-config", "config.gz")
    #expect(result.text.contains("config.gz has no CONFIG_DMA_RESTRICTED_POOL"))
    try scratch.write(Array(packed.output.dropLast(40)), to: "short.gz")
    let short = try check("--guest-config", "short.gz")
    #expect(short.status == 65)
    #expect(short.errors.contains("short.gz: damaged, or cut short"))
  }

  @Test("reads a configuration of any length, from a pipe, too")
  func long() throws {
    let options = (0..<20_000).map { "CONFIG_OF_A_LONG_NAME_\($0)=m\n" }.joined()
    let text = options + KernelText.configuration(pools: false)
    try write("long", text)
    let file = try check("--guest-config", "long")
    #expect(file.text.contains("long has no CONFIG_DMA_RESTRICTED_POOL"))
    let pipe = try Command.run(
      ["check", "guest.dtb", "--guest-config", "-"], in: scratch, input: Array(text.utf8))
    #expect(pipe.text.contains("standard input has no CONFIG_DMA_RESTRICTED_POOL"))
    try write("wrong", options + "no option\n" + text)
    let wrong = try check("--guest-config", "wrong")
    #expect(wrong.status == 65)
    #expect(wrong.errors.contains("wrong:20001: no configuration of a kernel: neither an option"))
  }

  @Test("fails for a rule that is required and lacks its input")
  func required() throws {
    #expect(try check().status == 0)
    let result = try check("--require", "dma/access-platform-not-offered")
    #expect(result.status == 1)
    #expect(
      result.errors.contains(
        "guest.dtb: dma/access-platform-not-offered is required and was skipped: it needs features")
    )
    #expect(try check("--require", "dma/no-such-rule").status == 64)
  }

  @Test(
    "refuses what is no input, and says why",
    arguments: [
      (["--guest-config", "page.html"], 65, "page.html:1: no configuration of a kernel: neither"),
      (["--guest-config", "part"], 65, "part: no configuration of a kernel: a part of"),
      (
        ["--guest-config", "empty"], 65, "empty: no configuration of a kernel: there is no CONFIG_"
      ),
      (["--guest-config", "none"], 66, "none: no such file"),
      (["--guest-config", "config", "--guest-config", "part"], 64, "--guest-config is given once"),
      (["--guest", "debian-12-arm64", "--guest", "debian-13-arm64"], 64, "--guest is given once"),
      (["--guest", "debian-11"], 64, "--guest: the options of 'debian-11' aren't known here"),
      (["--features", "twice.json"], 65, "twice.json:1:16: devices: /v is there twice"),
      (["--features", "page.html"], 65, "page.html"),
      (["--features", "f.json", "--vmm", "qemu-system-aarch64"], 64, "exclude each other"),
      (["--vmm", "ls", "-l"], 64, "'ls' is no qemu-system-"),
    ])
  func refused(_ arguments: [String], _ status: Int32, _ message: String) throws {
    try write("page.html", "<!doctype html>\n<title>404</title>\n")
    try write("part", "CONFIG_DMA_RESTRICTED_POOL=y\n")
    try write("empty", "# nothing\n")
    try write(
      "twice.json",
      #"{"version": 1, "devices": [{"node": "/v", "type": 2, "features": [33]}, {"node": "/v", "type": 2, "features": []}]}"#
    )
    let result = try Command.run(["check", "guest.dtb"] + arguments, in: scratch)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  @Test("says where devices may DMA, with all that it was told")
  func explained() throws {
    let result = try check("--guest", "debian-13-arm64", "--explain-dma")
    #expect(result.text.contains("the kernel was built without CONFIG_DMA_RESTRICTED_POOL"))
  }

  @Test("judges machines that share memory together, each with what its own devices offer")
  func pair() throws {
    let description = """
      import PlatformDescription
      let vrings = SharedMemory("vrings", at: 0x5000_0000, size: .mib(16))
      let platform = Platform("pair") {
        VirtualMachine("primary", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
          vrings.asRestrictedDMAPool()
          VirtioMMIO(.network(), memoryRegion: vrings, backend: "secondary")
        }
        VirtualMachine("secondary", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
          vrings.asReserved(.noMap)
        }
      }
      """
    try write("pair.swift", description)
    let built = try Command.run(
      ["build", "pair.swift", "-q", "--emit", "dtb,features"], in: scratch)
    #expect(built.status == 0, "\(built.errors)")
    let pair = ["check", "--pair", "primary.dtb", "secondary.dtb", "--guest-config", "config"]
    let own = ["--features", "primary-features.json", "--features", "secondary-features.json"]
    let right = try Command.run(
      pair + own + ["--require", "dma/access-platform-not-offered"], in: scratch)
    #expect(right.status == 0, "\(right.text)\(right.errors)")
    #expect(right.text.contains("shared memory\n  vrings@50000000"))
    // The bit is looked for in the machine whose device it is.
    let text = String(decoding: scratch.read("primary-features.json") ?? [], as: UTF8.self)
    #expect(text.contains("VIRTIO_F_ACCESS_PLATFORM"))
    try write(
      "primary-features.json",
      text.replacing("VIRTIO_F_ACCESS_PLATFORM", with: "VIRTIO_F_VERSION_1"))
    let wrong = try Command.run(pair + own, in: scratch)
    #expect(wrong.status == 1, "\(wrong.text)\(wrong.errors)")
    #expect(wrong.text.contains("primary.dtb: "))
    #expect(wrong.text.contains("[dma/access-platform-not-offered]"))
    let few = try Command.run(pair + ["--features", "primary-features.json"], in: scratch)
    #expect(few.status == 64)
    let several = try check(
      "--features", "guest-features.json", "--features", "guest-features.json")
    #expect(several.status == 64)
  }
}

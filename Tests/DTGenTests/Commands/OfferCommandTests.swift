import DTGenTestSupport
import Foundation
import Testing

@Suite("machines that their VMMs describe, on the command line", .requiresDistribution)
struct OfferCommandTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write(
      Array(
        """
        import PlatformDescription

        let platform = Platform("p") {
          VirtualMachine("power", architecture: .ppc64, confidential: .powerSVM) {
            PCIHostBridge { VirtioPCI(.block, slot: 1) }
          }
          VirtualMachine("z", architecture: .s390x, confidential: .s390PV) { VirtioCCW(.block) }
          VirtualMachine("arm", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
            VirtioMMIO(.block, at: 0x0b00_0000, interrupt: .spi(100, .edgeRising))
          }
        }

        """.utf8), to: "platform.swift")
  }

  private var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out")) ?? []).sorted()
  }

  private func build(_ arguments: String...) throws -> Tool.Result {
    try Command.run(["build", "platform.swift", "-o", "out"] + arguments, in: scratch)
  }

  @Test("have their features written where nothing is said, and others their trees")
  func usual() throws {
    let result = try build()
    #expect(result.status == 0, "\(result.errors)")
    #expect(files == ["arm.dtb", "power-features.json", "z-features.json"])
    let alone = try build("--vm", "z")
    #expect(alone.text.hasSuffix("nothing for rules to judge, no findings\n"), "\(alone.text)")
  }

  @Test("are part of the report, with what each device has to offer")
  func report() throws {
    let result = try build("--format", "json")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.text.utf8)) as? [String: Any])
    let offers = try #require(report["offers"] as? [[String: Any]])
    #expect(offers.map { $0["virtualMachine"] as? String } == ["power", "z"])
    let devices = offers.compactMap { ($0["virtioDevices"] as? [[String: Any]])?.first }
    #expect(devices.map { $0["channelAddress"] as? String } == [nil, "fe.0.0000"])
    #expect(devices.map { $0["pciAddress"] as? String } == ["0000:00:01.0", nil])
    #expect(devices.map { $0["path"] as? String } == ["/pci@800000020000000", nil])
    for device in devices {
      #expect((device["features"] as? [Int])?.contains(33) == true)
    }
  }

  @Test("say why nothing else can be emitted", arguments: ["dtb", "dts", "dtbo", "aml", "cpio"])
  func emission(kind: String) throws {
    let result = try build("--vm", "power", "--vm", "z", "--emit", kind)
    #expect(result.status == 64)
    #expect(
      result.errors.contains("--emit \(kind): 'power' is ppc64, and has neither tree nor tables"),
      "\(result.errors)")
    #expect(files == [])
  }

  @Test("have neither facts nor a base")
  func others() throws {
    let facts = try build("--emit", "facts")
    #expect(facts.status == 64)
    #expect(facts.errors.contains("'power' has no tree, and facts are read from trees"))
    #expect(try build("--vm", "arm").status == 0)
    let base = try build("--base", "z=out/arm.dtb")
    #expect(base.status == 64)
    #expect(base.errors.contains("'z' has no tree to merge onto a base"), "\(base.errors)")
  }

  @Test("don't keep others from having tables, too")
  func beside() throws {
    #expect(try build("--emit", "dtb,aml,features").status == 0)
    #expect(
      files == [
        "arm-features.json", "arm-ssdt.aml", "arm.dtb", "power-features.json", "z-features.json",
      ])
  }

  @Test("write features that their schema takes, and no others", .requiresReportSchemas)
  func features() throws {
    #expect(try build("--emit", "features").status == 0)
    for name in ["power", "z"] {
      let bytes = try #require(scratch.read("out/\(name)-features.json"))
      #expect(try ReportOracle.faults(in: bytes, schema: "schemas/features.schema.json") == "")
    }
    for wrong in [
      #"{"version": 1, "devices": [{"devno": "fe.0.1", "type": 2, "features": []}]}"#,
      #"{"version": 1, "devices": [{"devno": "fe.0.0001", "node": "/v", "type": 2, "features": []}]}"#,
      #"{"version": 1, "devices": [{"type": 2, "features": []}]}"#,
      #"{"version": 1, "devices": [{"node": "/v", "transport": "ccw", "type": 2, "features": []}]}"#,
    ] {
      #expect(
        try ReportOracle.faults(in: Array(wrong.utf8), schema: "schemas/features.schema.json")
          != "", "\(wrong)")
    }
  }

  @Test(
    "have arguments that QEMU takes, and that make every device offer both bits",
    .requires(.qemuS390))
  func channels() throws {
    let bits = try bits(of: "s390-protected", "guest", .qemuS390, machine: "s390-ccw-virtio")
    #expect(bits.count == 5)
    for features in bits {
      #expect(features.isSuperset(of: ["VIRTIO_F_IOMMU_PLATFORM", "VIRTIO_F_VERSION_1"]))
    }
  }

  @Test("have the same of pseries", .wants(.qemuPOWER))
  func functions() throws {
    let bits = try bits(of: "power-secure", "small", .qemuPOWER, machine: "pseries")
    #expect(bits.count == 3)
    for features in bits {
      #expect(features.isSuperset(of: ["VIRTIO_F_IOMMU_PLATFORM", "VIRTIO_F_VERSION_1"]))
    }
    // What isn't secure is left as it is.
    let open = try self.bits(of: "power-secure", "open", .qemuPOWER, machine: "pseries")
    #expect(open.map { $0.contains("VIRTIO_F_IOMMU_PLATFORM") } == [false])
  }

  /// What `dtgen build --emit features` says of a machine's arguments.
  private struct Features: Decodable {
    struct Arguments: Decodable {
      struct Need: Decodable {
        var option: String
        var id: String
      }
      var words: [String]
      var needs: [Need]
    }
    var arguments: [String: Arguments]
  }

  /// The features of each device that QEMU makes of the arguments, without the object that needs hardware.
  private func bits(
    of fixture: String, _ name: String, _ tool: Tool, machine: String
  ) throws -> [Set<String>] {
    let source = Repository.fixtures + "/platforms/\(fixture)/platform.swift"
    let result = try Command.run(["build", source, "-o", "fixture", "--vm", name], in: scratch)
    #expect(result.status == 0, "\(result.errors)")
    let bytes = try #require(scratch.read("fixture/\(name)-features.json"))
    let arguments = try #require(
      try JSONDecoder().decode(Features.self, from: Data(bytes)).arguments["qemu"])
    var words = arguments.words
    if words.first == "-machine" { words.removeFirst(4) }
    for need in arguments.needs {
      switch need.option {
      case "-netdev": words += ["-netdev", "hubport,id=\(need.id),hubid=0"]
      case "-blockdev": words += ["-blockdev", "driver=null-co,node-name=\(need.id)"]
      case "-chardev": words += ["-chardev", "null,id=\(need.id)"]
      default: Issue.record("nothing is known of \(need.option)")
      }
    }
    return try QEMUDevices(tool, machine: machine, arguments: words).devices.map {
      Set($0.features)
    }
  }

  @Test("leave a check nothing to judge, and are told so")
  func check() throws {
    #expect(try build().status == 0)
    for program in ["qemu-system-ppc64", "/usr/bin/qemu-system-s390x"] {
      for tree in [[], ["out/arm.dtb"]] {
        let result = try Command.run(
          ["check"] + tree + ["--vmm", program, "-device", "virtio-rng-ccw"], in: scratch)
        #expect(result.status == 64)
        #expect(
          result.errors.contains("there is nothing to check its devices against"),
          "\(result.errors)")
      }
    }
    let result = try Command.run(
      ["check", "out/arm.dtb", "--features", "out/z-features.json"], in: scratch)
    #expect(result.status == 64)
    #expect(result.errors.contains("fe.0.0000 is a channel device"), "\(result.errors)")
  }
}

import DTGenTestSupport
import Foundation
import PlatformLint
import Testing

@testable import dtgen

@Suite(
  "profiles of those who take trees, on the command line", .requiresDistribution, .requires(.dtc))
struct ProfileCommandTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    // 65 regions, and one of QEMU's transports where there is none.
    let regions = (0..<64).map { index in
      let address = String(0x6000_0000 + index * 0x1000, radix: 16)
      return "keep@\(address) { reg = <0x0 0x\(address) 0x0 0x1000>; };"
    }
    let text = """
      &{/reserved-memory} { \(regions.joined(separator: " ")) };
      &{/} {
        virtio@b000000 {
          compatible = "virtio,mmio"; reg = <0x0 0xb000000 0x0 0x200>; interrupts = <0 60 1>;
          dma-coherent; memory-region = <&bounce>;
        };
      };
      """
    try scratch.write(ExampleCompiler(Example(text).source).bytes, to: "guest.dtb")
  }

  private func run(_ arguments: String...) throws -> (status: Int32, text: String, errors: String) {
    let result = try Command.run(arguments, in: scratch)
    return (result.status, result.text, result.errors)
  }

  @Test("asks the rules of the profiles that are named, and counts them")
  func lint() throws {
    let plain = try run("lint", "guest.dtb")
    #expect(plain.status == 0 && !plain.text.contains("[qemu/"))
    let qemu = try run("lint", "--profile", "qemu-virt", "guest.dtb")
    #expect(qemu.status == 1 && qemu.text.contains("[qemu/device-elsewhere]"))
    let both = try run("lint", "--profile", "linux-6.1", "--profile", "qemu-virt", "guest.dtb")
    #expect(
      both.text.contains("[linux/regions-dropped]") && both.text.contains("[qemu/device-elsewhere]")
    )
    #expect(!both.text.contains("[memory/many-regions]"))
  }

  @Test("refuses what is no profile, and what contradicts itself, with what there is")
  func refusals() throws {
    for arguments in [
      ["--profile", "pvmwf"], ["--profile", "linux-6.1", "--profile", "linux-5.15"],
      ["--profile", "vm", "--profile", "soc"], ["--rule", "pvmfw/pool-refused"], ["--rule", "xen"],
      ["--profile", "linux-6.12", "--rule", "linux"],
    ] {
      let result = try Command.run(["lint", "guest.dtb"] + arguments, in: scratch)
      #expect(result.status == 64, "\(arguments): \(result.errors)")
      #expect(result.errors.contains("profile"), "\(arguments): \(result.errors)")
    }
    let near = try run("lint", "guest.dtb", "--profile", "pvmwf")
    #expect(near.errors.contains("there are pvmfw, "))
  }

  @Test("a policy names profiles, the command line replaces them, and severities are stronger")
  func policy() throws {
    func lint(_ policy: String, _ arguments: String...) throws -> String {
      try scratch.write(Array(policy.utf8), to: ".dtgen.json")
      return try Command.run(["lint", "guest.dtb"] + arguments, in: scratch).text
    }
    #expect(
      try lint(#"{profile: "qemu-virt"}"#).contains("error: the machine has the device elsewhere"))
    #expect(try lint(#"{profile: ["vm", "qemu-virt"]}"#).contains("[qemu/device-elsewhere]"))
    let replaced = try lint(#"{profile: "qemu-virt"}"#, "--profile", "linux-6.1")
    #expect(!replaced.contains("[qemu/") && replaced.contains("[linux/regions-dropped]"))
    let weighed = #"{profile: "qemu-virt", severities: {"qemu/device-elsewhere": "warning"}}"#
    #expect(try lint(weighed).contains("warning: the machine has the device elsewhere"))
    #expect(try !lint(weighed, "--severity", "qemu=off").contains("[qemu/"))
  }

  @Test("check takes the version of the kernel from its configuration, and says so")
  func kernel() throws {
    let sentence = "profile linux-6.1, because the kernel's configuration is of that version"
    let old = try run("check", "guest.dtb", "--guest", "debian-12-cloud-arm64")
    #expect(old.text.contains(sentence) && old.text.contains("[linux/regions-dropped]"))
    let new = try run("check", "guest.dtb", "--guest", "debian-13-cloud-arm64")
    #expect(!new.text.contains("profile linux-") && !new.text.contains("[linux/"))
    let named = try run(
      "check", "guest.dtb", "--guest", "debian-12-cloud-arm64", "--profile", "linux-6.12")
    #expect(!named.text.contains("profile linux-6.1,") && !named.text.contains("[linux/"))
  }

  @Test("an overlay is judged by what crosvm's tree has, though no base is named")
  func overlay() throws {
    let fragments = [("/pci@10000", 1), ("/pci", 0), ("/nowhere", 1), ("/", 0)]
    for (path, status) in fragments {
      let text = """
        /dts-v1/;
        / { fragment@0 { target-path = "\(path)"; __overlay__ { example,mark; }; }; };
        """
      try scratch.write(ExampleCompiler(text).bytes, to: "guest.dtbo")
      let result = try run("lint", "--profile", "crosvm", "guest.dtbo")
      #expect(result.status == status, "\(path): \(result.text)\(result.errors)")
      #expect(result.text.contains("[crosvm/target-unknown]") == (status == 1), "\(path)")
    }
  }

  /// Writes an overlay that adds a node with a label, and one that refers to that.
  private func writeOverlays() throws {
    let first = """
      /dts-v1/; /plugin/;
      / { fragment@0 { target-path = "/"; __overlay__ { added: added { }; }; }; };
      """
    try scratch.write(ExampleCompiler(first, options: ["-@"]).bytes, to: "first.dtbo")
    let second = "/dts-v1/; /plugin/; &added { example,mark; };"
    try scratch.write(ExampleCompiler(second).bytes, to: "second.dtbo")
    let skipped = """
      /dts-v1/; /plugin/;
      / {
        fragment@0 { target-path = "/"; __overlay__ { own: own { }; }; };
        fragment@1 { target = <&own>; __overlay__ { example,mark; }; };
      };
      """
    try scratch.write(ExampleCompiler(skipped).bytes, to: "skipped.dtbo")
    let base = Example(in: .protected, "/ { };").source
    try scratch.write(ExampleCompiler(base, options: ["-@"]).bytes, to: "base.dtb")
  }

  @Test("what crosvm leaves out of an overlay is found with a base too, in the overlay")
  func overlayOnBase() throws {
    try writeOverlays()
    for overlays in [["skipped.dtbo"], ["skipped.dtbo", "first.dtbo"]] {
      let result = try Command.run(
        ["lint", "--profile", "crosvm", "--base", "base.dtb"] + overlays, in: scratch)
      #expect(result.status == 1, "\(result.text)\(result.errors)")
      #expect(
        result.text.contains("skipped.dtbo: /fragment@1: target: error: crosvm skips a fragment"),
        "\(result.text)")
    }
    let plain = try run("lint", "--base", "base.dtb", "skipped.dtbo")
    #expect(plain.status == 0 && !plain.text.contains("[crosvm/"), "\(plain.text)")
  }

  @Test("overlays that are named one by one are laid in this order, those of a directory alone")
  func overlayOrder() throws {
    try writeOverlays()
    func lint(_ arguments: String...) throws -> (status: Int32, text: String) {
      let result = try Command.run(["lint", "--profile", "crosvm"] + arguments, in: scratch)
      return (result.status, result.text + result.errors)
    }
    let sorted = try lint("first.dtbo", "second.dtbo")
    #expect(sorted.status == 0, "\(sorted.text)")
    let based = try lint("--base", "base.dtb", "first.dtbo", "second.dtbo")
    #expect(based.status == 0, "\(based.text)")
    for arguments in [["second.dtbo", "first.dtbo"], ["second.dtbo"], ["*.dtbo"]] {
      let result = try Command.run(["lint", "--profile", "crosvm"] + arguments, in: scratch)
      #expect(
        result.status == 1 && result.text.contains("[crosvm/label-unknown]"),
        "\(arguments): \(result.text)")
    }
  }

  @Test("fragments of an overlay are laid in the order of the file")
  func fragmentOrder() throws {
    let addition = #"target-path = "/"; __overlay__ { added { }; };"#
    let change = #"target-path = "/added"; __overlay__ { example,mark; };"#
    for (fragments, status) in [([addition, change], 0), ([change, addition], 1)] {
      let text = """
        /dts-v1/;
        / { fragment@0 { \(fragments[0]) }; fragment@1 { \(fragments[1]) }; };
        """
      try scratch.write(ExampleCompiler(text).bytes, to: "order.dtbo")
      let result = try run("lint", "--profile", "crosvm", "order.dtbo")
      #expect(result.status == status, "\(result.text)")
      #expect(result.text.contains("[crosvm/target-unknown]") == (status == 1))
    }
  }

  @Test("a profile says that it says nothing of a tree that it isn't about, and is asked nothing")
  func idle() throws {
    try scratch.write(
      ExampleCompiler(Example(in: .riscv, "/ { };").source).bytes, to: "riscv.dtb")
    for name in ["crosvm", "firecracker", "qemu-virt", "pvmfw"] {
      let result = try run("lint", "--profile", name, "riscv.dtb")
      #expect(result.status == 0, "\(name): \(result.text)")
      #expect(
        result.errors.contains("dtgen: riscv.dtb: profile \(name) says nothing of it: it is about"),
        "\(result.errors)")
      let required = try run("lint", "--profile", name, "--require", name, "riscv.dtb")
      #expect(required.status != 0, "\(name)")
    }
    let little = try run("lint", "--profile", "cloud-hypervisor", "riscv.dtb")
    #expect(
      little.errors.contains("profile cloud-hypervisor judges of a tree for riscv64 its size"))
    for (name, what) in [("gunyah", "/gunyah-vm-config"), ("xen-dom0less", "xen,domain")] {
      let result = try run("lint", "--profile", name, "guest.dtb")
      #expect(result.errors.contains("profile \(name) says nothing of it: there is no \(what)"))
    }
    #expect(try run("lint", "--profile", "qemu-virt", "guest.dtb").errors == "")
  }

  @Test("lists profiles, what each adds, and all that is known of one")
  func listing() throws {
    let list = try run("rules", "--profile", "list")
    for profile in TargetProfile.all {
      #expect(
        list.text.contains("\n\(profile.name.rawValue) ")
          || list.text.hasPrefix("\(profile.name.rawValue) "))
    }
    let rules = try run("rules", "--profile", "pvmfw", "--format", "json")
    for rule in RuleCatalogue.rules(named: "pvmfw") {
      #expect(rules.text.contains("\"\(rule.id)\""))
    }
    #expect(!rules.text.contains("dma/"))
    let all = try run("rules")
    let added = RuleCatalogue.inProfiles.count
    #expect(
      all.text.hasSuffix(
        "\n\(RuleCatalogue.standard.count) rules, and \(added) more in profiles (--profile list)\n")
    )
    let page = try run("explain", "pvmfw")
    #expect(page.text.contains("0x80000000") && page.text.contains("pvmfw/pool-refused (error)"))
    #expect(try run("rules", "--profile", "vm").status == 64)
    #expect(try run("rules", "--profile", "nobody").status == 64)
    #expect(try run("rules", "dma", "--profile", "pvmfw").status == 64)
  }
}

import DTGenTestSupport
import Foundation
import PlatformLint
import Testing

@testable import dtgen

/// Trees of machines that share memory, in a directory to lint in.
struct MachineDirectory {
  let trees: TreeDirectory

  init() throws {
    trees = try TreeDirectory()
    try write(PairSamples.frontend(), to: "front.dtb")
    try write(PairSamples.backend(), to: "back.dtb")
    try write(PairSamples.backend(at: "0x58000000"), to: "moved.dtb")
  }

  /// Writes the tree of the small arm64 guest with `text` laid over it.
  func write(_ text: String, to name: String, options: [String] = []) throws {
    let source = Example(in: .bare, text).source
    try trees.scratch.write(DTC.compile(source, options: options).bytes, to: name)
  }

  func lint(_ arguments: String...) throws -> Tool.Result {
    try Command.run(["lint", "--no-policy", "--pair"] + arguments, in: trees.scratch)
  }

  func lint(policy: String, _ arguments: String...) throws -> Tool.Result {
    try trees.policy(policy)
    return try Command.run(["lint"] + arguments, in: trees.scratch)
  }
}

/// What is laid over the small guest.
enum PairSamples {
  static func frontend(at base: String = "0x50000000", size: String = "0x1000000") -> String {
    """
    &reserved {
      vrings: vrings@\(base.dropFirst(2)) {
        compatible = "restricted-dma-pool";
        reg = <0x0 \(base) 0x0 \(size)>;
      };
      bounce: bounce@5f000000 {
        compatible = "restricted-dma-pool";
        reg = <0x0 0x5f000000 0x0 0x800000>;
      };
    };
    / {
      virtio@a000000 {
        compatible = "virtio,mmio";
        reg = <0x0 0xa000000 0x0 0x200>;
        interrupts = <0 16 1>;
        dma-coherent;
        memory-region = <&bounce>;
      };
      virtio@a000200 {
        compatible = "virtio,mmio";
        reg = <0x0 0xa000200 0x0 0x200>;
        interrupts = <0 17 1>;
        dma-coherent;
        memory-region = <&vrings>;
      };
    };
    """
  }

  static func backend(at base: String = "0x50000000", size: String = "0x1000000") -> String {
    """
    &reserved {
      vrings@\(base.dropFirst(2)) {
        reg = <0x0 \(base) 0x0 \(size)>;
        no-map;
      };
    };
    """
  }

  static let map = """
    { // where the host has it
      hypervisor: [{ name: "text", host: 0x800000000, size: 0x1000000 }],
      machines: [
        { tree: "front.dtb", memory: [
          { guest: "0x40000000", host: 0x880000000, size: "0x40000000" } ] },
        { tree: "back.dtb", memory: [
          { guest: "0x40000000", host: "0x900000000", size: "0x10000000" },
          { guest: "0x50000000", host: "0x890000000", size: "0x1000000" },
          { guest: "0x51000000", host: "0x911000000", size: "0x2f000000" } ] },
      ],
    }
    """
}

@Suite("dtgen lint --pair", .requiresDistribution, .requires(.dtc))
struct LintPairTests {
  /// How many rules ask for nothing but a tree.
  private let ofTreesAlone = RuleCatalogue.forTrees.count { $0.needs == .tree }

  private let machines: MachineDirectory

  init() throws { machines = try MachineDirectory() }

  @Test("says what is shared and how it was told, and finds nothing in a pair that fits")
  func fitting() throws {
    let result = try machines.lint("front.dtb", "back.dtb")
    #expect(result.status == 0)
    #expect(
      result.text.contains(
        """
        shared memory
          vrings@50000000, as it looks; --share names what is
            frontend  front.dtb: /reserved-memory/vrings@50000000  0x50000000..0x50ffffff  \
        restricted DMA pool of 1 device  by the name vrings@50000000
            backend   back.dtb: /reserved-memory/vrings@50000000   0x50000000..0x50ffffff  \
        reserved, no-map                 by the name vrings@50000000

        """))
    #expect(
      result.text.contains(
        "front.dtb: not shared, since no other machine has it: /reserved-memory/bounce@5f000000"))
    // Without features, those that ask for them are skipped, and four about the host's memory.
    let rules = ofTreesAlone + RuleCatalogue.forMachines.count
    #expect(result.text.contains("2 files, \(rules - 4) rules: no findings"))
    #expect(try machines.lint("front.dtb", "back.dtb", "-q").text == "")
  }

  @Test("points at the tree that is wrong, and at the other one, in every form of a report")
  func forms() throws {
    let text = try machines.lint("front.dtb", "moved.dtb")
    #expect(text.status == 1)
    #expect(
      text.text.contains(
        "moved.dtb: /reserved-memory/vrings@58000000: reg[0]: error: the region has another address "
          + "than the frontend's [shared/address-differs]"))
    #expect(text.text.contains("with: front.dtb: /reserved-memory/vrings@50000000: reg[0]: "))
    #expect(text.text.contains("|     reg = <0x0 0x50000000 0x0 0x1000000>;"))

    let files = ["json=r.json", "sarif=r.sarif", "junit=r.xml", "github=r.txt"]
    let result = try Command.run(
      ["lint", "--no-policy", "--pair", "front.dtb", "moved.dtb"]
        + files.flatMap { ["--format", $0] }, in: machines.trees.scratch)
    #expect(result.status == 1)
    func read(_ name: String) throws -> String {
      String(decoding: try #require(machines.trees.scratch.read(name)), as: UTF8.self)
    }
    let json = try #require(machines.trees.scratch.read("r.json"))
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    let shares = try #require(document["shares"] as? [[String: Any]])
    #expect(shares.map { $0["name"] as? String } == ["vrings@50000000"])
    let parties = try #require(shares[0]["parties"] as? [[String: Any]])
    #expect(parties.map { $0["role"] as? String } == ["frontend", "backend"])
    #expect(parties.map { $0["address"] as? String } == ["0x50000000", "0x58000000"])
    let judged = try #require(document["files"] as? [[String: Any]])
    let findings = try #require(judged[1]["findings"] as? [[String: Any]])
    let related = try #require(findings[0]["related"] as? [[String: Any]])
    #expect((related[0]["place"] as? [String: Any])?["file"] as? String == "front.dtb")
    #expect(try read("r.sarif").contains(#""uri": "front.dtb""#))
    #expect(
      try read("r.txt").contains(
        "::error file=moved.dtb,title=shared/address-differs::/reserved-memory/vrings@58000000"))
    #expect(try read("r.txt").contains("with: front.dtb: /reserved-memory/vrings@50000000"))
    #expect(try read("r.xml").contains(#"classname="moved.dtb" name="shared/address-differs">"#))
  }

  @Test("judges each tree by itself as ever, and says nothing of several machines without --pair")
  func alone() throws {
    try machines.write(
      PairSamples.frontend() + "&vrings { no-map; };", to: "bad.dtb")
    let result = try machines.lint("bad.dtb", "back.dtb")
    #expect(result.text.contains("[dma/pool-forbidden-property]"))
    #expect(!result.text.contains("[shared/"))
    let without = try Command.run(
      ["lint", "--no-policy", "front.dtb", "moved.dtb"], in: machines.trees.scratch)
    #expect(without.status == 0)
    #expect(!without.text.contains("shared memory"))
    #expect(without.text.contains("2 files, \(ofTreesAlone) rules"))
  }

  @Test("refuses what is no pair, with a sentence")
  func refusals() throws {
    func refusal(_ arguments: String...) throws -> (Int32, String) {
      let result = try Command.run(
        ["lint", "--no-policy", "--pair"] + arguments, in: machines.trees.scratch)
      return (result.status, result.errors)
    }
    #expect(
      try refusal("front.dtb") == (
        64,
        "dtgen: error: --pair takes the trees of two machines or more: dtgen lint --pair a.dtb b.dtb\n"
      ))
    #expect(
      try refusal("front.dtb", "./front.dtb") == (
        64, "dtgen: error: ./front.dtb: is named twice; --pair takes a tree of each machine\n"
      ))
    try machines.trees.link("link.dtb", to: "front.dtb")
    #expect(
      try refusal("front.dtb", "link.dtb") == (
        64,
        "dtgen: error: front.dtb and link.dtb are one file; --pair takes a tree of each machine\n"
      ))
    #expect(try refusal("front.dtb", "none.dtb").0 == 66)
    let unknown = try refusal("front.dtb", "back.dtb", "--share", "none")
    #expect(unknown.0 == 64)
    #expect(
      unknown.1.hasSuffix(
        "there is front.dtb: vrings@50000000, front.dtb: bounce@5f000000, back.dtb: vrings@50000000\n"
      ))
    #expect(try refusal("front.dtb", "back.dtb", "--parties", "none=3").0 == 64)
    #expect(try refusal("front.dtb", "back.dtb", "--parties", "vrings=1").0 == 64)
    #expect(try refusal("front.dtb", "back.dtb", "--granule", "3K").0 == 64)
    #expect(try refusal("front.dtb", "back.dtb", "--base", "front.dtb").0 == 64)
    let alone = try Command.run(
      ["lint", "--no-policy", "front.dtb", "--share", "vrings"], in: machines.trees.scratch)
    #expect(alone.status == 64)
    #expect(alone.errors.contains("--share is about machines that share memory, and needs --pair."))
  }

  @Test("takes neither overlays nor tables for machines, and judges the others")
  func noMachines() throws {
    let overlay =
      "/dts-v1/;\n/plugin/;\n/ { fragment@0 { target-path = \"/\"; __overlay__ { }; }; };"
    try machines.trees.write(overlay, to: "over.dtbo")
    let first = try machines.lint("front.dtb", "over.dtbo")
    #expect(first.status == 65)
    #expect(first.errors.contains("over.dtbo: is an overlay, and no machine"))
    #expect(first.text.contains("front.dtb: not judged with the others"))
    try machines.trees.scratch.write(
      Array("SSDT".utf8) + [36, 0, 0, 0] + Array(repeating: 0, count: 28), to: "t.aml")
    let second = try machines.lint("front.dtb", "t.aml")
    #expect(second.status == 65)
    #expect(second.errors.contains("t.aml: has ACPI tables in it"))
  }

  @Test("says that two files have the same content, and that machines are for other processors")
  func remarks() throws {
    try FileManager.default.copyItem(
      atPath: machines.trees.scratch.path + "/back.dtb",
      toPath: machines.trees.scratch.path + "/copy.dtb")
    let copies = try machines.lint("front.dtb", "back.dtb", "copy.dtb", "--parties", "vrings=3")
    #expect(copies.status == 0, "\(copies.text)")
    #expect(copies.text.contains("copy.dtb: has the same content as back.dtb"))
    let riscv = Example(in: .riscv, PairSamples.backend()).source
      .replacing(
        "&reserved {",
        with: "/ { reserved-memory { #address-cells = <2>; #size-cells = <2>; ranges;"
      )
      .replacing("no-map;\n  };\n};", with: "no-map;\n  };\n}; };")
    try machines.trees.scratch.write(DTC.compile(riscv).bytes, to: "riscv.dtb")
    let mixed = try machines.lint("front.dtb", "riscv.dtb", "--share", "vrings")
    #expect(
      mixed.text.contains("the machines differ: front.dtb is for arm64, riscv.dtb is for riscv64"))
  }

  @Test("judges ten machines, and a third one that has the memory too")
  func ten() throws {
    var names = ["front.dtb"]
    for number in 1..<10 {
      try machines.write(
        PairSamples.backend() + "/ { model = \"\(number)\"; };", to: "m\(number).dtb")
      names.append("m\(number).dtb")
    }
    let result = try Command.run(
      ["lint", "--no-policy", "--pair", "--all"] + names, in: machines.trees.scratch)
    #expect(result.status == 1)
    #expect(result.text.ranges(of: "[shared/too-many-parties]").count == 8)
    let said = try Command.run(
      ["lint", "--no-policy", "--pair", "--parties", "vrings=10"] + names,
      in: machines.trees.scratch)
    #expect(said.status == 0)
  }

  @Test("holds shares to the granule that is stated")
  func granule() throws {
    try machines.write(PairSamples.frontend(size: "0x1001000"), to: "front.dtb")
    try machines.write(PairSamples.backend(size: "0x1001000"), to: "back.dtb")
    #expect(
      try machines.lint("front.dtb", "back.dtb").text.contains("[shared/granule-misaligned]"))
    for granule in ["4K", "4096", "0x1000", "4KiB"] {
      #expect(try machines.lint("front.dtb", "back.dtb", "--granule", granule).status == 0)
    }
  }

  @Test("applies severities, waivers and a baseline, and a run over one tree knows nothing of them")
  func policy() throws {
    let waiver = """
      { waivers: [{ rule: 'shared/address-differs', node: '/reserved-memory/*', reason: 'meant' }] }
      """
    let pair = ["--pair", "front.dtb", "moved.dtb"]
    let waived = try machines.lint(policy: waiver, pair[0], pair[1], pair[2])
    #expect(waived.status == 0)
    #expect(waived.text.contains("because meant"))
    #expect(try machines.lint(policy: waiver, "front.dtb", "moved.dtb").status == 0)
    let unneeded = try machines.lint(policy: waiver, "--pair", "front.dtb", "back.dtb")
    #expect(unneeded.status == 78)
    #expect(unneeded.errors.contains("nothing needs the waiver of shared/address-differs"))

    let off = "{ severities: { 'shared/address-differs': 'off' } }"
    #expect(try machines.lint(policy: off, pair[0], pair[1], pair[2]).status == 0)
    let note = "{ severities: { shared: 'note' } }"
    #expect(
      try machines.lint(policy: note, pair[0], pair[1], pair[2]).text.contains("note: the region"))

    let known = "{ baseline: 'known.json' }"
    try machines.trees.policy(known)
    let created = try machines.trees.baseline("create", "--pair", "front.dtb", "moved.dtb")
    #expect(created.status == 0)
    #expect(created.text == "1 finding in known.json\n")
    let result = try machines.lint(policy: known, pair[0], pair[1], pair[2])
    #expect(result.status == 0)
    #expect(try machines.lint(policy: known, "front.dtb", "moved.dtb").errors == "")
    #expect(try machines.trees.baseline("check", "--pair", "front.dtb", "moved.dtb").status == 0)
    #expect(try machines.trees.baseline("check", "front.dtb", "moved.dtb").status == 0)
  }

  @Test("holds a map of the host against the trees")
  func hostMap() throws {
    func lint(_ map: String) throws -> Tool.Result {
      try machines.trees.policy(map, "host.json5")
      return try machines.lint("front.dtb", "back.dtb", "--host-map", "host.json5")
    }
    let good = try lint(PairSamples.map)
    #expect(good.status == 0)
    #expect(!good.text.contains("want of features, host map"))
    let apart = try lint(PairSamples.map.replacing("0x890000000", with: "0x990000000"))
    #expect(apart.status == 1)
    #expect(apart.text.contains("[shared/host-range-differs]"))
    #expect(apart.text.contains("with: host.json5:8:7: says where the host has it"))
    let taken = try lint(PairSamples.map.replacing("0x900000000", with: "0x8a0000000"))
    #expect(taken.text.contains("[shared/host-range-taken]"))
    let kept = try lint(PairSamples.map.replacing("0x800000000", with: "0x900000000"))
    #expect(kept.text.contains("[shared/host-range-of-hypervisor]"))
    let missing = try lint(PairSamples.map.replacing("0x2f000000", with: "0x2e000000"))
    #expect(missing.text.contains("[shared/host-range-missing]"))

    let misspelt = try lint(PairSamples.map.replacing("guest: \"0x51", with: "gest: \"0x51"))
    #expect(misspelt.status == 78)
    #expect(
      misspelt.errors
        == "dtgen: error: host.json5:9:9: machines[1].memory[2].gest: unknown key; there are guest, host, size\n"
    )
    #expect(try lint(PairSamples.map.replacing("back.dtb", with: "third.dtb")).status == 78)
    let absent = try machines.lint("front.dtb", "back.dtb", "--host-map", "none.json")
    #expect(absent.status == 66)
  }
}

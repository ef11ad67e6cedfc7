import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint
import Testing

/// An overlay, and what is made of it: by the rules, and by fdtoverlay on a base that has the label.
struct OverlayCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let source: String
  /// The rules that find something.
  let rules: [String]
  /// Whether fdtoverlay lays it over the base.
  let isApplied: Bool

  init(_ name: String, _ source: String, finds rules: String..., isApplied: Bool) {
    testDescription = name
    self.source = source
    self.rules = rules
    self.isApplied = isApplied
  }

  /// The example of a rule.
  init(_ rule: String, _ index: Int, isApplied: Bool) {
    let bad = RuleCatalogue.rule(rule)?.bad ?? []
    testDescription = "\(rule) #\(index)"
    source = bad.indices.contains(index) ? bad[index].source : ""
    rules = [rule]
    self.isApplied = isApplied
  }

  /// What fdtoverlay of libfdt 1.6.1 does with each bad example.
  static let faults = [
    OverlayCase("overlay/fixup-malformed", 0, isApplied: false),
    OverlayCase("overlay/fixup-malformed", 1, isApplied: false),
    OverlayCase("overlay/fixup-misplaced", 0, isApplied: false),
    OverlayCase("overlay/fixup-misplaced", 1, isApplied: false),
    OverlayCase("overlay/fixup-misplaced", 2, isApplied: false),
    // It can't know that something else was meant.
    OverlayCase("overlay/fixup-over-value", 0, isApplied: true),
    OverlayCase("overlay/fixup-over-value", 1, isApplied: true),
    // It writes over what stands behind the property, and stumbles over that later.
    OverlayCase("overlay/local-fixup-misplaced", 0, isApplied: false),
    OverlayCase("overlay/local-fixup-misplaced", 1, isApplied: false),
    OverlayCase("overlay/local-fixup-misplaced", 2, isApplied: false),
    OverlayCase("overlay/fragment-without-target", 0, isApplied: false),
    OverlayCase("overlay/fragment-without-target", 1, isApplied: false),
    OverlayCase("overlay/fragment-without-overlay", 0, isApplied: true),
    OverlayCase("overlay/target-path-relative", 0, isApplied: false),
    OverlayCase("overlay/without-fixups", 0, isApplied: false),
    OverlayCase("overlay/placeholder-without-fixup", 0, isApplied: true),
    OverlayCase("overlay/reference-not-listed", 0, isApplied: true),
    OverlayCase("overlay/symbol-lost", 0, isApplied: false),
    OverlayCase("overlay/symbol-lost", 1, isApplied: true),
    OverlayCase("overlay/symbol-lost", 2, isApplied: true),
    OverlayCase("overlay/symbol-lost", 3, isApplied: false),
  ]

  /// Overlays that work.
  static let sound = [
    OverlayCase(
      "by label",
      "/dts-v1/; /plugin/; &soc { status = \"okay\"; dma-coherent; };", isApplied: true),
    OverlayCase(
      "by path, with a reference to the base and one to itself",
      """
      /dts-v1/; /plugin/;
      &{/} {
        heap: heap { label = "heap"; };
        device {
          interrupt-parent = <&gic>;
          interrupts = <0 40 4>;
          memory-region = <&heap>, <&heap>;
          interrupts-extended = <&gic 0 41 4>;
        };
      };
      """, isApplied: true),
    OverlayCase(
      "an alias as path, which the base has",
      """
      /dts-v1/;
      / { fragment@0 { target-path = "bus0"; __overlay__ { dma-coherent; }; }; };
      """, finds: "overlay/target-path-relative", isApplied: true),
    OverlayCase(
      "a target of 0 beside a path",
      """
      /dts-v1/;
      / { fragment@0 { target = <0>; target-path = "/soc"; __overlay__ { dma-coherent; }; }; };
      """, isApplied: true),
    OverlayCase(
      "numbers that are no references",
      """
      /dts-v1/; /plugin/;
      &soc {
        device@1 { reg = <1>; mask = <0xffffffff>; interrupts = <1 0xffffffff 4>; };
      };
      """, isApplied: true),
  ]
}

@Suite("Overlays")
struct OverlayTests {
  private static let base = """
    /dts-v1/;
    / {
      #address-cells = <2>;
      #size-cells = <2>;
      aliases { bus0 = "/soc"; };
      soc: soc { compatible = "simple-bus"; #address-cells = <1>; #size-cells = <0>; };
      gic: controller@1 { reg = <0 1 0 1>; interrupt-controller; #interrupt-cells = <3>; };
    };
    """

  private func isApplied(_ overlay: [UInt8]) throws -> Bool {
    let scratch = try ScratchDirectory()
    let base = try scratch.write(
      try ExampleCompiler(Self.base, options: ["-@"]).bytes, to: "base.dtb")
    let file = try scratch.write(overlay, to: "overlay.dtbo")
    let result = try Tool.fdtoverlay.run(
      ["-i", base, "-o", scratch.path + "/out.dtb", file])
    return result.status == 0
  }

  @Test(
    "a fault is found, and fdtoverlay refuses what an error says it refuses",
    .requires(.dtc), .requires(.fdtoverlay), arguments: OverlayCase.faults)
  func faults(overlay: OverlayCase) throws {
    let bytes = try ExampleCompiler(overlay.source).bytes
    let findings = Judge().judge(try FlattenedTree(bytes)).findings
    #expect(Set(findings.map(\.rule)) == Set(overlay.rules))
    #expect(try isApplied(bytes) == overlay.isApplied)
    // What is refused is an error, whoever finds it.
    if !overlay.isApplied, overlay.rules != ["overlay/target-path-relative"] {
      #expect(findings.map(\.severity).max() == .error)
    }
  }

  @Test("every bad example of the family is held against fdtoverlay")
  func isComplete() {
    let examples = RuleCatalogue.rules(named: "overlay").flatMap { rule in
      rule.bad.indices.map { "\(rule.id) #\($0)" }
    }
    #expect(OverlayCase.faults.map(\.testDescription).sorted() == examples.sorted())
  }

  @Test(
    "an overlay that is applied has no finding but those that a base decides",
    .requires(.dtc), .requires(.fdtoverlay), arguments: OverlayCase.sound)
  func sound(overlay: OverlayCase) throws {
    for options in [[], ["-@"]] {
      let bytes = try ExampleCompiler(overlay.source, options: options).bytes
      let judgement = Judge().judge(try FlattenedTree(bytes))
      #expect(judgement.findings.map(\.rule) == overlay.rules)
      #expect(try isApplied(bytes) == overlay.isApplied)
    }
  }

  @Test("rules that look at one node are asked of overlays too", .requires(.dtc))
  func structure() throws {
    let source = """
      /dts-v1/; /plugin/;
      &soc {
        reg = <1>;
        other { status = "enabled"; };
        Device { reg = <2>; compatible = "virtio,mimo"; dma-coherent; dma-noncoherent; };
        unit@0x1 { model = <1>; };
      };
      """
    let tree = try FlattenedTree(try ExampleCompiler(source).bytes)
    let rules = Judge().judge(tree).findings.map(\.rule)
    #expect(
      Set(rules) == [
        "structure/unknown-status", "structure/unit-address-missing",
        "virtio/misspelt-compatible", "dma/contradictory-coherency",
        "structure/unit-address-format", "structure/not-a-string",
      ])
  }

  @Test("an overlay with many fixups is read in time", .requires(.dtc))
  func manyFixups() throws {
    let nodes = (0..<4000).map { "n\($0) { interrupt-parent = <&gic>; };" }.joined(separator: " ")
    let bytes = try ExampleCompiler("/dts-v1/; /plugin/; &{/} { \(nodes) };").bytes
    let tree = try FlattenedTree(bytes)
    let time = ContinuousClock().measure {
      #expect(Judge().judge(tree).findings.isEmpty)
    }
    #expect(time < .seconds(10))
  }
}

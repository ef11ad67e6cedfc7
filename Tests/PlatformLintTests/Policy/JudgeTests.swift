import DTGenTestSupport
import DeviceTree
import Diagnostics
import Foundation
import Testing

@testable import PlatformLint

@Suite("A judge")
struct JudgeTests {
  /// A board whose memory a boot loader fills in, and two regions that overlap.
  private static let board = """
    /dts-v1/;
    / {
      #address-cells = <2>; #size-cells = <2>;
      compatible = "vendor,board", "vendor,chip";
      reserved-memory {
        #address-cells = <2>; #size-cells = <2>; ranges;
        a@5f000000 { reg = <0 0x5f000000 0 0x200000>; };
        b@5f100000 { reg = <0 0x5f100000 0 0x200000>; };
      };
    };
    """

  private func tree(_ source: String) throws -> FlattenedTree {
    try FlattenedTree(DTC.compile(source).bytes)
  }

  @Test("takes a board's tree for a chip's, and says why", .requires(.dtc))
  func board() throws {
    let judgement = Judge().judge(try tree(Self.board), file: "a.dtb")
    #expect(judgement.choice?.profile == .soc)
    #expect(judgement.choice?.because == "the root is compatible with vendor,board, a board")
    let memory = judgement.findings.first { $0.rule == "memory/no-memory" }
    #expect(memory?.severity == .note)
    let overlap = judgement.findings.first { $0.rule == "memory/region-overlap" }
    #expect(overlap?.severity == .error)
  }

  @Test("takes weight from nothing in a virtual machine's tree", .requires(.dtc))
  func virtualMachine() throws {
    for mark in [
      #"/ { compatible = "linux,dummy-virt", "x,y"; };"#, "/ { hypervisor { }; };",
      #"/ { a@0 { compatible = "virtio,mmio"; }; };"#,
    ] {
      let choice = Profile.suggested(by: try tree(Self.board + "\n" + mark))
      #expect(choice.profile == .vm, "\(mark): \(choice.because)")
    }
    let judgement = Judge(profile: .vm).judge(try tree(Self.board), file: "a.dtb")
    #expect(judgement.findings.first { $0.rule == "memory/no-memory" }?.severity == .error)
    #expect(judgement.choice?.isSuggestion == false)
  }

  @Test("without any mark takes the stricter profile", .requires(.dtc))
  func unmarked() throws {
    #expect(Profile.suggested(by: try tree("/dts-v1/; / { };")).profile == .vm)
    let one = #"/dts-v1/; / { compatible = "vendor,board"; };"#
    #expect(Profile.suggested(by: try tree(one)).profile == .vm)
  }

  @Test("gives a rule the severity of the policy, whatever the profile says", .requires(.dtc))
  func severities() throws {
    let tree = try tree(Self.board)
    var judge = Judge(severities: ["memory/no-memory": .warning])
    #expect(
      judge.judge(tree).findings.first { $0.rule == "memory/no-memory" }?.severity == .warning)
    judge.severities["memory/no-memory"] = .off
    #expect(!judge.judge(tree).findings.contains { $0.rule == "memory/no-memory" })
  }

  @Test("keeps what is waived, and names the waivers that nothing needs", .requires(.dtc))
  func waivers() throws {
    let overlap = "memory/region-overlap"
    let waivers = [
      Waiver(rule: overlap, node: Glob("/reserved-memory/*"), reason: "meant"),
      Waiver(rule: overlap, node: Glob("/elsewhere"), reason: "gone"),
      Waiver(rule: overlap, node: Glob("**"), file: Glob("other.dtb"), reason: "elsewhere"),
      Waiver(rule: "memory/no-memory", node: Glob("/"), reason: "off"),
    ]
    let judge = Judge(severities: ["memory/no-memory": .off], waivers: waivers)
    let judgement = judge.judge(try tree(Self.board), file: "a.dtb")
    #expect(judgement.usedWaivers == [0])
    #expect(judgement.unusedWaivers == [1])
    let finding = try #require(judgement.findings.first { $0.rule == overlap })
    #expect(finding.allowedBecause == "meant")
    #expect(finding.allowedBy == .policy)
    #expect(!Tally(judgement.findings).reaches(.error))
  }

  @Test("knows what is in the baseline as often as it is there, and no more", .requires(.dtc))
  func baseline() throws {
    let tree = try tree(Self.board)
    var judge = Judge()
    let findings = judge.judge(tree, file: "a.dtb").findings
    judge.baseline.add(findings, file: "a.dtb")
    judge.baseline.add(findings, file: "b.dtb")
    var judgement = judge.judge(tree, file: "a.dtb")
    #expect(judgement.findings.allSatisfy { $0.allowedBy == .baseline })
    #expect(judgement.stale.count == 0)
    judge.severities["memory/region-overlap"] = .off
    judgement = judge.judge(tree, file: "a.dtb")
    #expect(judgement.stale.entries.map(\.entry.rule) == ["memory/region-overlap"])
    let rest = judge.baseline.removing(judgement.stale)
    #expect(rest.count == judge.baseline.count - 1)
    #expect(rest.entries.contains { $0.entry.file == "b.dtb" })
  }

  @Test("takes nothing for gone that it didn't look for", .requires(.dtc))
  func partialBaseline() throws {
    let tree = try tree(Self.board)
    var judge = Judge()
    let findings = judge.judge(tree, file: "a.dtb").findings
    for file in ["a.dtb", "out/b.dtb"] { judge.baseline.add(findings, file: file) }
    let count = judge.baseline.count / 2
    try #require(count > 1)
    let clean = try self.tree("/dts-v1/; / { };")
    #expect(judge.judge(clean, file: "a.dtb").stale.count >= count - 1)
    judge.rules = RuleCatalogue.rules(named: "memory/region-overlap")
    #expect(
      judge.judge(clean, file: "a.dtb").stale.entries.map(\.entry.rule)
        == ["memory/region-overlap"])

    let one = RunScope(judged: ["a.dtb"])
    #expect(judge.baseline.gone(in: one).count == 0)
    #expect(judge.baseline.unjudged(in: one).count == count)
    let all = RunScope(judged: ["a.dtb"], directories: ["out"])
    #expect(judge.baseline.gone(in: all).entries.allSatisfy { $0.entry.file == "out/b.dtb" })
    #expect(judge.baseline.gone(in: all).count == count)
    #expect(judge.baseline.unjudged(in: all).count == 0)
    let failed = RunScope(failed: ["out/b.dtb"], directories: [""])
    #expect(judge.baseline.gone(in: failed).entries.allSatisfy { $0.entry.file == "a.dtb" })
    #expect(judge.baseline.knows("out") && judge.baseline.knows("a.dtb"))
    #expect(!judge.baseline.knows("ou") && !judge.baseline.knows("a"))
  }

  @Test("asks of an overlay only what holds before it is laid over a base", .requires(.dtc))
  func overlay() throws {
    let tree = try tree(
      """
      /dts-v1/; /plugin/;
      / { fragment@0 { target-path = "/"; __overlay__ { d@0 { reg = <1>; }; }; }; };
      """)
    let judgement = Judge().judge(tree, file: "o.dtbo")
    #expect(judgement.choice == nil)
    #expect(judgement.findings.isEmpty)
    #expect(judgement.remarks.first?.hasPrefix("an overlay") == true)
    #expect(
      judgement.skipped.count
        == RuleCatalogue.forTrees.count { !Overlay.rules.contains($0.id) })
    #expect(judgement.skipped.allSatisfy { $0.missing == ["base tree"] })
  }

  @Test("has a reason for every leniency, about a rule that there is")
  func leniencies() throws {
    #expect(Profile.vm.leniencies.isEmpty)
    let rules = Profile.soc.leniencies.map(\.rule)
    #expect(rules == Set(rules).sorted())
    for leniency in Profile.soc.leniencies {
      let rule = RuleCatalogue.rule(leniency.rule)
      #expect(rule != nil, "\(leniency.rule) is no rule")
      #expect(leniency.severity < rule?.severity ?? .note)
      #expect(!leniency.because.isEmpty && !leniency.because.hasSuffix("."))
    }
    let page = Repository.root + "/Sources/PlatformLint/PlatformLint.docc/Corpus.md"
    let text = try String(contentsOfFile: page, encoding: .utf8)
    for leniency in Profile.soc.leniencies {
      let row = "| `\(leniency.rule)` | \(leniency.severity.rawValue) | \(leniency.because) |"
      #expect(text.contains(row), "Corpus.md lacks: \(row)")
    }
    for rule in Overlay.rules { #expect(RuleCatalogue.rule(rule) != nil, "\(rule) is no rule") }
  }
}

import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint
import Testing

/// An example of machines, compiled, each judged by itself and all together.
struct PairCheck {
  let compiled: [ExampleCompiler]
  let view: MachinesView
  /// What was found in the trees one by one.
  let alone: [Finding]
  /// What was found in them together.
  let together: LintReport

  init(_ example: PairExample) throws {
    compiled = try example.machines.map { try ExampleCompiler($0.tree.source) }
    let machines = try zip(example.machines, compiled).map { machine, compiled in
      MachinesView.Machine(
        name: machine.name, view: GuestView(tree: try FlattenedTree(compiled.bytes)))
    }
    view = try MachinesView(machines, settings: example.settings, hostMap: example.hostMap)
    alone = machines.flatMap { Linter().lint($0.view, file: $0.name).findings }
    together = Linter().lint(view)
  }

  /// The file and the line that a finding is on; 0 where it is in the base.
  func line(of finding: Finding) -> String {
    guard let index = view.machines.firstIndex(where: { $0.name == finding.place.file }),
      let node = finding.place.node
    else { return "nowhere" }
    let lines = compiled[index].lines
    let line =
      finding.place.property.map { lines.line(ofProperty: $0, in: node) }
      ?? lines.line(ofNode: node)
    return "\(view.machines[index].name):\(line ?? 0)"
  }
}

extension PairExample {
  /// The marked lines of all trees, as ``PairCheck/line(of:)`` has them.
  var markedLines: [String] {
    machines.flatMap { machine in machine.tree.markedLines.map { "\(machine.name):\($0)" } }
  }
}

@Suite("Every example of machines that share memory", .requires(.dtc))
struct PairExampleTests {
  private static let ids = RuleCatalogue.forMachines.map { $0.id }

  private func rule(_ id: String) throws -> any PairRule.Type {
    try #require(RuleCatalogue.rule(id) as? any PairRule.Type)
  }

  @Test("a good example has no finding of any rule, alone or together", arguments: ids)
  func goodExamplesAreClean(id: String) throws {
    for example in try rule(id).goodPairs {
      let check = try PairCheck(example)
      #expect(check.alone.map(\.line) == [])
      #expect(check.together.findings.map(\.line) == [])
    }
  }

  @Test("a bad example is found on the marked lines and by its rule alone", arguments: ids)
  func badExamplesAreFound(id: String) throws {
    for example in try rule(id).badPairs {
      let check = try PairCheck(example)
      let findings = check.together.findings
      #expect(Set(check.alone.map(\.rule)) == Set(example.besides), "\(check.alone.map(\.line))")
      #expect(!example.markedLines.isEmpty)
      #expect(findings.filter { $0.rule != id }.map(\.line) == [])
      #expect(
        Set(findings.map(check.line(of:))) == Set(example.markedLines), "\(findings.map(\.line))")
      for finding in findings {
        #expect(finding.message.isPhrase, "\(finding.message)")
        for related in finding.related { #expect(related.message.isPhrase, "\(related.message)") }
        for value in [finding.found, finding.expected].compactMap(\.self) {
          #expect(!value.isEmpty && !value.hasSuffix("."), "\(value)")
        }
        #expect(finding.place.byteOffset != nil)
      }
    }
  }

  @Test("machines in the opposite order have as many findings", arguments: ids)
  func orderDoesNotMatter(id: String) throws {
    let rule = try rule(id)
    for example in rule.goodPairs + rule.badPairs where example.hostMap == nil {
      let check = try PairCheck(example)
      let reversed = try MachinesView(check.view.machines.reversed(), settings: example.settings)
      #expect(
        Linter().lint(reversed).findings.map(\.rule).sorted()
          == check.together.findings.map(\.rule).sorted())
    }
  }

  @Test("siblings in the opposite order change nothing", arguments: ids)
  func siblingsDoNotMatter(id: String) throws {
    let rule = try rule(id)
    for example in rule.goodPairs + rule.badPairs {
      let check = try PairCheck(example)
      let machines = try check.view.machines.map { machine in
        MachinesView.Machine(
          name: machine.name,
          view: GuestView(tree: try FlattenedTree(ExampleReversal.blob(of: machine.view.tree))))
      }
      let view = try MachinesView(machines, settings: example.settings, hostMap: example.hostMap)
      #expect(
        Linter().lint(view).findings.map(\.rule).sorted()
          == check.together.findings.map(\.rule).sorted())
    }
  }

  @Test("a rule that makes another one way says more than that", arguments: ids)
  func supersedes(id: String) throws {
    let rule = try rule(id)
    guard !rule.supersedes.isEmpty else { return }
    for example in rule.badPairs {
      let check = try PairCheck(example)
      let judge = Judge()
      let alone = check.view.machines.map { judge.judge($0.view, file: $0.name) }
      let together = judge.judge(
        check.view, judgements: alone, policyNames: check.view.machines.map(\.name))
      #expect(alone.flatMap(\.findings).map(\.rule) == example.besides)
      #expect(Set(together.flatMap(\.findings).map(\.rule)) == [id])
    }
  }

  @Test("a page has every tree of its examples", arguments: ids)
  func pages(id: String) throws {
    let rule = try rule(id)
    let page = RulePage.markdown(for: rule)
    for example in rule.goodPairs + rule.badPairs {
      for machine in example.machines { #expect(page.contains(machine.tree.text)) }
    }
  }
}

import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint
import Testing

@Suite("Every rule's examples")
struct ExampleTests {
  @Test(
    "a good example has no finding of any rule", .requires(.dtc), arguments: RuleCatalogue.ids)
  func goodExamplesAreClean(id: String) throws {
    for example in try #require(RuleCatalogue.rule(id)).good {
      let report = try Check(example, of: id).report
      #expect(report.findings.map(\.line) == [], "\(example.text)")
    }
  }

  @Test(
    "a bad example is found on the marked lines and by its rule alone", .requires(.dtc),
    arguments: RuleCatalogue.ids)
  func badExamplesAreFound(id: String) throws {
    for example in try #require(RuleCatalogue.rule(id)).bad {
      let check = try Check(example, of: id)
      let findings = check.report.findings
      #expect(!example.markedLines.isEmpty, "nothing is marked: \(example.text)")
      #expect(findings.filter { $0.rule != id }.map(\.line) == [], "\(example.text)")
      let lines = Set(findings.map(check.line(of:)))
      #expect(lines == Set(example.markedLines), "\(findings.map(\.line)) in \(example.text)")
    }
  }

  @Test(
    "siblings in the opposite order change nothing", .requires(.dtc), arguments: RuleCatalogue.ids)
  func orderDoesNotMatter(id: String) throws {
    let rule = try #require(RuleCatalogue.rule(id))
    for example in rule.good + rule.bad {
      let check = try Check(example, of: id)
      let reversed = try FlattenedTree(ExampleReversal.blob(of: check.view.tree))
      let view = GuestView(
        tree: reversed, features: example.features, guest: example.guest,
        expected: try example.expectedView())
      let report = Check.linter(for: view, of: id).lint(view)
      #expect(
        report.findings.map(\.rule).sorted() == check.report.findings.map(\.rule).sorted(),
        "\(example.text)")
    }
  }

  @Test("labels are told, and are no devices", .requires(.dtc), arguments: RuleCatalogue.ids)
  func labelsAreTold(id: String) throws {
    let rule = try #require(RuleCatalogue.rule(id))
    for example in rule.good + rule.bad {
      let plain = try Check(example, of: id)
      let labelled = try Check(example, of: id, options: ["-@"])
      #expect(labelled.report.findings.map(\.rule) == plain.report.findings.map(\.rule))
      for finding in labelled.report.findings where finding.place.node == "/virtio@a000000" {
        #expect(finding.place.label == "disk")
      }
    }
  }

  @Test(
    "a finding that is allowed is kept, marked, and does not count", .requires(.dtc),
    arguments: RuleCatalogue.ids)
  func findingsCanBeAllowed(id: String) throws {
    for example in try #require(RuleCatalogue.rule(id)).bad {
      let check = try Check(example, of: id)
      let allowances = Set(check.report.findings.compactMap(\.place.node)).sorted().map {
        Allowance(rule: id, node: $0, because: "it is an example")
      }
      let report = Check.linter(for: check.view, of: id, allowances: allowances).lint(check.view)
      #expect(report.findings.count == check.report.findings.count)
      #expect(report.findings.allSatisfy { $0.allowedBecause == "it is an example" })
      #expect(report.worst == nil)
      #expect(report.unusedAllowances == [])
    }
  }

  @Test("where dtc has the check, dtc warns too", .requires(.dtc), arguments: RuleCatalogue.ids)
  func dtcAgrees(id: String) throws {
    let rule = try #require(RuleCatalogue.rule(id))
    let names = rule.alsoKnownAs.filter { $0.hasPrefix("dtc: ") }.map { String($0.dropFirst(5)) }
    guard !names.isEmpty else { return }
    let complaints = try rule.bad.map { try ExampleCompiler($0.source).complaints }
    for (example, complaints) in zip(rule.bad, complaints) {
      #expect(
        names.contains(where: complaints.contains), "\(complaints) \(example.text)")
    }
    for name in names {
      #expect(
        complaints.contains { $0.contains(name) }, "no example makes dtc say \(name)")
    }
  }
}

import DTGenTestSupport
import DeviceTree
import Diagnostics
import Foundation
import GuestView
import PlatformLint
import Testing

@testable import dtgen

@Suite("Reports of real findings", .requires(.dtc), .requiresReportSchemas)
struct ReportStandardTests {
  /// What a guest was to see; nil where an example doesn't tell.
  private static func expectation(of example: Example) throws -> GuestView? {
    guard let source = example.expectedSource else { return nil }
    return GuestView(
      tree: try FlattenedTree(ExampleCompiler(source).bytes), features: example.expectedFeatures)
  }

  /// What all that is an example of a rule has to say, together with what can't be judged.
  private static func report() throws -> Report {
    // Without files there would be rules for trees alone.
    var tables = LintedFile(path: "", result: .failure(Failure(.badInput, "")))
    tables.isOfTables = true
    let tree = LintedFile(path: "", result: .failure(Failure(.badInput, "")))
    var report = Report(
      [tree, tables], judge: Judge(rules: RuleCatalogue.all), isVerbose: true, withPages: true,
      ofMachines: true, isExpected: true)
    report.shares = []
    for rule in RuleCatalogue.all {
      let judge = rule.profile == nil ? Judge() : Judge(rules: RuleCatalogue.standard + [rule])
      for (number, example) in (rule.bad + rule.good).enumerated() {
        let tree = try FlattenedTree(ExampleCompiler(example.source).bytes)
        let name = "\(rule.id) #\(number).dtb"
        let judgement = judge.judge(
          tree, features: example.features, guest: example.guest,
          expected: try Self.expectation(of: example), file: name)
        report.files.append(
          Report.File(name, findings: judgement.findings, skipped: judgement.skipped))
      }
    }
    for rule in RuleCatalogue.forTables {
      for (number, example) in (rule.badTables + rule.goodTables).enumerated() {
        let name = "\(rule.id) #\(number).aml"
        for judgement in Judge().judge(try example.view(), policyNames: [name]) {
          report.files.append(
            Report.File(name, findings: judgement.findings, skipped: judgement.skipped))
        }
      }
    }
    for rule in RuleCatalogue.forParity {
      for (number, example) in (rule.badPairs + rule.goodPairs).enumerated() {
        let name = "\(rule.id) #\(number).dtb"
        let tree = try FlattenedTree(ExampleCompiler(example.tree.source).bytes)
        report.files.append(
          Report.File(
            name, findings: Linter().lint(try example.view(tree), file: name).findings, skipped: [])
        )
      }
    }
    for rule in RuleCatalogue.forMachines {
      for (number, example) in (rule.badPairs + rule.goodPairs).enumerated() {
        let machines = try example.machines.map { machine in
          MachinesView.Machine(
            name: "\(rule.id) #\(number) \(machine.name)",
            view: GuestView(
              tree: try FlattenedTree(ExampleCompiler(machine.tree.source).bytes)))
        }
        let view = try MachinesView(
          machines, settings: example.settings, hostMap: example.hostMap)
        let alone = machines.map { Judge().judge($0.view, file: $0.name) }
        let together = Judge().judge(
          view, judgements: alone, policyNames: machines.map(\.name))
        for (machine, judgement) in zip(machines, together) {
          report.files.append(
            Report.File(machine.name, findings: judgement.findings, skipped: judgement.skipped))
        }
        report.shares? += view.shares.map { Report.Share($0, in: view) }
      }
    }
    report.unreadable = [.init(#"\xff "odd".dtb"#, because: "no such file or directory")]
    return report
  }

  @Test("are what the standards say, for every example of every rule")
  func examples() throws {
    let report = try Self.report()
    #expect(Set(report.files.flatMap(\.findings).map(\.rule)).count == RuleCatalogue.all.count)
    #expect(try ReportOracle.faults(inSARIF: SARIFReport().bytes(report)) == "")
    #expect(try ReportOracle.faults(inJUnit: JUnitReport().bytes(report)) == "")
    #expect(
      try ReportOracle.faults(
        in: JSONReport().bytes(report), schema: "schemas/findings.schema.json") == "")
  }

  @Test("are what the standards say, for every description that is refused", .requiresDistribution)
  func rejected() throws {
    let scratch = try ScratchDirectory()
    for name in RejectedMeaningTests.wrongMeaning {
      let source = Repository.fixtures + "/rejected/\(name)/platform.swift"
      _ = try Command.run(["build", source, "-q", "--force", "-o", "out/\(name)"], in: scratch)
    }
    let result = try Command.run(
      [
        "lint", "out", "none.dtb", "--format", "json", "--format", "sarif=out.sarif", "--format",
        "junit=out.xml",
      ], in: scratch)
    #expect(result.status == 66)
    let document = try TreeDirectory.document(result)
    let files = try #require(document["files"] as? [[String: Any]])
    #expect(files.count > 12)
    #expect(files.contains { ($0["findings"] as? [Any])?.isEmpty == false })
    #expect(
      try ReportOracle.faults(in: result.output, schema: "schemas/findings.schema.json") == "")
    #expect(try ReportOracle.faults(inSARIF: try #require(scratch.read("out.sarif"))) == "")
    #expect(try ReportOracle.faults(inJUnit: try #require(scratch.read("out.xml"))) == "")

    let table = try Command.run(
      ["lint", "out", "--explain-dma", "--format", "json"], in: scratch)
    #expect(try ReportOracle.faults(in: table.output, schema: "schemas/dma.schema.json") == "")
    let tables = try #require(try TreeDirectory.document(table)["files"] as? [[String: Any]])
    let devices = tables.flatMap { $0["devices"] as? [[String: Any]] ?? [] }
    #expect(Set(devices.compactMap { $0["outcome"] as? String }).count >= 2)
  }

  @Test("a map of the host is what its schema says, and what isn't is refused by both")
  func hostMap() throws {
    let good = """
      {
        "hypervisor": [{ "name": "text", "host": "0x80000000", "size": 4096 }],
        "machines": [
          { "tree": "a.dtb", "memory": [{ "guest": 0, "host": "0x4000_0000", "size": "65536" }] }
        ]
      }
      """
    func faults(_ text: String) throws -> String {
      try ReportOracle.faults(in: Array(text.utf8), schema: "schemas/host-map.schema.json")
    }
    func isTaken(_ text: String) -> Bool {
      (try? JSONDecoder().decode(HostMapDocument.self, from: Data(text.utf8))) != nil
    }
    #expect(try faults(good) == "")
    #expect(isTaken(good))
    for (right, wrong) in [
      ("\"guest\": 0", "\"guest\": -1"), ("\"guest\": 0", "\"gest\": 0"),
      ("\"tree\"", "\"file\""), ("65536", "64 KiB"), ("\"machines\"", "\"machine\""),
    ] {
      let text = good.replacing(right, with: wrong)
      #expect(try faults(text) != "", "\(wrong)")
      #expect(!isTaken(text), "\(wrong)")
    }
  }
}

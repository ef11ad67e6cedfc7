import DTGenTestSupport
import Diagnostics
import Foundation
import Testing

@Suite("a report as SARIF")
struct SARIFReportTests {
  private func run(_ report: Report) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(SARIFReport().bytes(report)))
    let document = try #require(object as? [String: Any])
    return try #require((document["runs"] as? [[String: Any]])?.first)
  }

  private func results(_ report: Report) throws -> [[String: Any]] {
    try #require(run(report)["results"] as? [[String: Any]])
  }

  @Test("is what the standard says", .requiresReportSchemas, arguments: [false, true])
  func isValid(hostile: Bool) throws {
    let report = hostile ? SampleReport.hostile : SampleReport.everything
    #expect(try ReportOracle.faults(inSARIF: SARIFReport().bytes(report)) == "")
  }

  @Test("is held to the standard's own words, which refuse others", .requiresReportSchemas)
  func oracle() throws {
    #expect(
      try ReportOracle.sarifSchemaName()
        == "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    )
    let text = String(decoding: SARIFReport().bytes(SampleReport.everything), as: UTF8.self)
    for (before, after) in [
      (#""version": "2.1.0""#, #""version": "2.2""#), (#""ruleId""#, #""ruleID""#),
      (#""level": "error""#, #""level": "fatal""#), (#""startLine": 12"#, #""startLine": 0"#),
      (#""kind": "external""#, #""kind": "foreign""#), (#""uri": "out/"#, #""uri": "out \u007f/"#),
    ] {
      try #require(text.contains(before), "\(before)")
      let broken = text.replacingOccurrences(of: before, with: after)
      #expect(try ReportOracle.faults(inSARIF: Array(broken.utf8)) != "", "\(after) is accepted")
    }
  }

  @Test("has a result for every finding, and each rule's index is that of its descriptor")
  func indexes() throws {
    let run = try run(SampleReport.everything)
    let tool = try #require(run["tool"] as? [String: Any])
    let rules = try #require((tool["driver"] as? [String: Any])?["rules"] as? [[String: Any]])
    let results = try results(SampleReport.everything)
    #expect(results.count == 4)
    for result in results {
      guard let index = result["ruleIndex"] as? Int else {
        #expect(result["ruleId"] as? String == "description/remark")
        continue
      }
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
  }

  @Test("points at the description where there is one, and else at bytes")
  func regions() throws {
    let results = try results(SampleReport.everything)
    func region(_ index: Int) throws -> [String: Int] {
      let location = try #require((results[index]["locations"] as? [[String: Any]])?.first)
      let physical = try #require(location["physicalLocation"] as? [String: Any])
      return physical["region"] as? [String: Int] ?? [:]
    }
    #expect(try region(0) == ["startLine": 12, "startColumn": 7])
    #expect(try region(2) == ["byteOffset": 64, "byteLength": 4])
  }

  @Test("suppresses what is allowed, with the reason")
  func suppressions() throws {
    let suppressions = try results(SampleReport.everything).map {
      $0["suppressions"] as? [[String: String]]
    }
    #expect(
      suppressions == [
        [], [["kind": "external", "justification": "silence is golden"]], [], [],
      ])
  }

  @Test("was not successful where an input could not be judged")
  func unsuccessful() throws {
    func isSuccessful(_ report: Report) throws -> Bool? {
      (try run(report)["invocations"] as? [[String: Any]])?.first?["executionSuccessful"] as? Bool
    }
    var report = SampleReport.everything
    #expect(try isSuccessful(report) == false)
    report.unreadable = []
    #expect(try isSuccessful(report) == true)
  }

  @Test("has fingerprints that bytes and lines don't move, and places do")
  func fingerprints() {
    let finding = SampleReport.described
    var moved = finding
    moved.place.byteOffset = 1
    moved.place.source = nil
    moved.place.file = "elsewhere.dtb"
    moved.message = "in other words"
    #expect(moved.fingerprint == finding.fingerprint)
    moved.place.element = "reg[1]"
    #expect(moved.fingerprint != finding.fingerprint)
    // Recorded in other people's databases: it must never change.
    #expect(finding.fingerprint == "0162b54d4eadf5ad")
  }
}

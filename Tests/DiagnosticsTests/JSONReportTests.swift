import DTGenTestSupport
import Diagnostics
import Foundation
import Testing

@Suite("a report as JSON")
struct JSONReportTests {
  static let schema = "schemas/findings.schema.json"

  @Test("is what its schema says", .requires(ReportOracle.python))
  func isValid() throws {
    let faults = try ReportOracle.faults(
      in: JSONReport().bytes(SampleReport.everything), schema: Self.schema)
    #expect(faults == "")
    #expect(
      try ReportOracle.faults(in: JSONReport().bytes(SampleReport.hostile), schema: Self.schema)
        .split(separator: "\n").allSatisfy { $0.contains(".source.") },
      "only the line 0 of the hostile report is against the schema")
  }

  @Test("has a schema that refuses other members and values", .requires(ReportOracle.python))
  func schemaRefuses() throws {
    let text = String(decoding: JSONReport().bytes(SampleReport.everything), as: UTF8.self)
    for (before, after) in [
      (#""version": 1"#, #""version": 2"#), (#""findings""#, #""results""#),
      (#""severity": "note""#, #""severity": "info""#), (#""cell": 1"#, #""cell": "1""#),
      (#""allowedBy": "policy""#, #""allowedBy": "me""#), (#""errors": 2"#, #""error": 2"#),
      (#""uri": "out/guest.dtb""#, #""uri": "out/guest dtb""#),
      (#""status": "withoutFile""#, #""status": "lost""#),
    ] {
      try #require(text.contains(before), "\(before)")
      let broken = text.replacingOccurrences(of: before, with: after)
      #expect(
        try !ReportOracle.faults(in: Array(broken.utf8), schema: Self.schema).isEmpty,
        "\(after) is accepted")
    }
  }

  @Test("brings every string back as it was")
  func roundTrip() throws {
    let object = try JSONSerialization.jsonObject(
      with: Data(JSONReport().bytes(SampleReport.hostile)))
    let document = try #require(object as? [String: Any])
    let files = try #require(document["files"] as? [[String: Any]])
    // Scalars, because Unicode holds some strings equal that are not the same.
    let name = try #require(files[0]["file"] as? String)
    #expect(Array(name.unicodeScalars) == Array(SampleReport.nasty.unicodeScalars))
    let findings = try #require(files[0]["findings"] as? [[String: Any]])
    #expect((findings[1]["message"] as? String)?.utf8.count == 1 << 17)
  }

  @Test(
    "names a file by its bytes too, whatever they are",
    arguments: [
      ("a.dtb", "a.dtb"), ("./a b.dtb", "a%20b.dtb"), ("/é.dtb", "file:///%C3%A9.dtb"),
      (#"\xff\xfe.dtb"#, "%FF%FE.dtb"), (#"a\x5cxff.dtb"#, "a%5Cxff.dtb"),
      (#"a\xf"#, "a%5Cxf"), (#"\n\xfg"#, "%5Cn%5Cxfg"), ("a:b,c%", "a%3Ab%2Cc%25"),
    ])
  func uris(name: String, uri: String) throws {
    let report = Report(
      tool: .init(name: "dtgen", version: "0.1.0"), rules: [], files: [Report.File(name)],
      unreadable: [.init(name, because: "why")])
    let object = try JSONSerialization.jsonObject(with: Data(JSONReport().bytes(report)))
    let document = try #require(object as? [String: Any])
    for list in ["files", "unreadable"] {
      let entries = try #require(document[list] as? [[String: Any]])
      #expect(entries.first?["uri"] as? String == uri)
      #expect(entries.first?["file"] as? String == name)
    }
  }

  @Test("and the encoder of findings give the same members")
  func sameAsEncoder() throws {
    for finding in [
      SampleReport.described, SampleReport.foreign, SampleReport.allowed, SampleReport.note,
    ] {
      let report = Report(
        tool: .init(name: "dtgen", version: "0.1.0"), rules: [],
        files: [Report.File("x", findings: [finding])])
      let object = try JSONSerialization.jsonObject(with: Data(JSONReport().bytes(report)))
      let files = try #require((object as? [String: Any])?["files"] as? [[String: Any]])
      var written = try #require((files[0]["findings"] as? [[String: Any]])?.first)
      #expect(written.removeValue(forKey: "fingerprint") as? String == finding.fingerprint)
      let encoded = try JSONSerialization.jsonObject(with: JSONEncoder().encode(finding))
      #expect(NSDictionary(dictionary: written) == encoded as? NSDictionary)
    }
  }
}

import DTGenTestSupport
import Diagnostics
import Foundation
import Testing

@Suite("a report as JUnit's XML")
struct JUnitReportTests {
  /// Reads the report as a reader would, and prints what it counted and what the attributes claim.
  private func parsed(_ report: Report, failOn: Severity? = .error) throws -> String {
    try ReportOracle.run(
      """
      import sys, xml.etree.ElementTree as tree
      root = tree.parse(sys.stdin.buffer).getroot()
      def count(element, name): return len(element.findall('.//' + name))
      for element in [root] + root.findall('testsuite'):
        print(*['%s=%s/%s' % (attribute, element.get(attribute), count(element, name))
          for attribute, name in [('tests', 'testcase'), ('failures', 'failure'),
            ('errors', 'error'), ('skipped', 'skipped')]])
      """, input: JUnitReport(failOn: failOn).bytes(report))
  }

  @Test("counts what it holds", .requires(ReportOracle.python))
  func counts() throws {
    #expect(
      try parsed(SampleReport.everything) == """
        tests=11/11 failures=2/2 errors=1/1 skipped=None/2
        tests=3/3 failures=1/1 errors=0/0 skipped=1/1
        tests=4/4 failures=1/1 errors=0/0 skipped=1/1
        tests=3/3 failures=0/0 errors=0/0 skipped=0/0
        tests=1/1 failures=0/0 errors=1/1 skipped=0/0

        """)
  }

  @Test("is what its readers say", .requiresReportSchemas, arguments: [false, true])
  func isValid(hostile: Bool) throws {
    let report = hostile ? SampleReport.hostile : SampleReport.everything
    let xml = JUnitReport().bytes(report)
    #expect(try ReportOracle.faults(inJUnit: xml) == "")
    let broken = String(decoding: xml, as: UTF8.self)
      .replacingOccurrences(of: "<skipped ", with: "<left-out ")
    try #require(Array(broken.utf8) != xml)
    #expect(try ReportOracle.faults(inJUnit: Array(broken.utf8)) != "")
  }

  @Test(
    "fails from the threshold on, and never for what is allowed", .requires(ReportOracle.python))
  func threshold() throws {
    #expect(
      try parsed(SampleReport.everything, failOn: .note).hasPrefix("tests=11/11 failures=3/3"))
    #expect(try parsed(SampleReport.everything, failOn: nil).hasPrefix("tests=11/11 failures=0/0"))
  }

  @Test("is XML whatever the names are", .requires(ReportOracle.python))
  func hostile() throws {
    #expect(try parsed(SampleReport.hostile).hasPrefix("tests=3/3 failures=1/1 errors=1/1"))
  }
}

import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen_dev

@Suite("The check before a change is taken")
struct CheckTests {
  @Test("takes the steps that .ci/run takes")
  func sameSteps() throws {
    let script = try String(contentsOfFile: Repository.root + "/.ci/run", encoding: .utf8)
    let targets = script.matches(of: /make --no-print-directory ([a-z]+)/).map { String($0.1) }
    #expect(targets == Check.targets)
  }
}

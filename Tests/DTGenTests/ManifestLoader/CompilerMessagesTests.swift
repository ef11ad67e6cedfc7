import DTGenTestSupport
import Testing

@testable import dtgen

@Suite("the compiler's messages")
struct CompilerMessagesTests {
  private let entry = "/opt/dtgen/lib/dtgen/dtgen-entry.swift"

  private func messages(_ text: String, sources: [String] = ["a.swift"]) -> CompilerMessages {
    CompilerMessages(Array(text.utf8), sources: sources)
  }

  @Test("are passed on unchanged where they are about the user's files")
  func own() {
    let text = "a.swift:1:2: error: no\n1 | x\n  | `- error: no"
    #expect(messages(text + "\n").error == ManifestError(.notCompiling, ""))
    #expect(messages(text + "\n").error.text == text)
  }

  @Test("about dtgen's own file are left out where there are others")
  func mixed() {
    let own = "a.swift:1:2: error: no\n1 | x\n  | `- error: no"
    let text = "\(entry):7:3: error: cannot find 'platform' in scope\n5 | y\n\n\(own)"
    #expect(messages(text).error.text == own)
  }

  @Test("about dtgen's own file alone become a sentence about 'platform'")
  func entryAlone() {
    let error = messages("\(entry):7:3: error: cannot find 'platform' in scope\n7 | x\n").error
    #expect(error.code == .noPlatform)
    #expect(
      error.text == """
        a.swift: error: there is no global named 'platform'
        help: a description defines one: let platform = Platform("name") { … }
        """)
  }

  @Test(
    "about options concern no source",
    arguments: [
      "error: unknown argument: '-x'", "<unknown>:0: error: unable to load standard library",
      "Please submit a bug report", "", "a.swift:1:1: warning: odd",
    ])
  func options(text: String) {
    #expect(!messages(text).concernSources)
  }

  @Test("name a file as the user does, where the driver tidied up its path")
  func respelled() {
    let text = messages("b/a.swift:1:2: error: no\nx", sources: ["./b//a.swift"]).error.text
    #expect(text == "./b//a.swift:1:2: error: no\nx")
  }

  @Test("that quote dtgen's own file in a snippet are still the user's")
  func quoted() {
    let text = "a.swift:1:2: error: \(entry):1: error: is no file"
    #expect(messages(text).error.text == text)
  }
}

extension CompilerMessagesTests {
  @Test("say what belongs in braces, without how the compiler passes it on")
  func builders() {
    let text = """
      a.swift:4:3: error: 'buildExpression' is unavailable: a component belongs elsewhere
      4 |   CPUs(2)
        |   `- error: 'buildExpression' is unavailable: a component belongs elsewhere
      5 | }

      PlatformDescription.PlatformBuilder.buildExpression:3:22: note: 'buildExpression' has been
      1 | enum PlatformBuilder {
        |                      `- note: 'buildExpression' has been explicitly marked
      4 |
      a.swift:9:1: error: no
      9 | x
      """
    #expect(
      messages(text).error.text == """
        a.swift:4:3: error: a component belongs elsewhere
        4 |   CPUs(2)
          |   `- error: a component belongs elsewhere
        5 | }

        a.swift:9:1: error: no
        9 | x
        """)
  }
}

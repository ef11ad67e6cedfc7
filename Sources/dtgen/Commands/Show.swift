import ArgumentParser
import DeviceTree

/// `dtgen show`: a tree as text.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print a device tree as source text, with what its numbers mean.",
    discussion: """
      The text compiles back to the same tree with dtc. Comments give addresses, sizes, interrupts \
      and references in words; --plain leaves them out.
      """)

  @Argument(
    help: "A flattened device tree; '-' is standard input.",
    completion: .file(extensions: ["dtb", "dtbo", "DTB", "DTBO"]))
  var file: String

  @Flag(help: "Leave the comments out.")
  var plain = false

  func run() throws {
    try reportingFailures {
      let tree = try FlattenedTree(file: file)
      let text = tree.sourceText(options: SourceTextOptions(annotated: !plain))
      StandardStream.output.write(text)
      return .clean
    }
  }
}

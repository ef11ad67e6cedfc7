import ACPI
import ArgumentParser
import DeviceTree

/// `dtgen show`: a tree or a table as text.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print a device tree, or a table of ACPI, as source text.",
    discussion: """
      The text of a tree compiles back to the same tree with dtc. Comments give addresses, sizes, \
      interrupts and references in words; --plain leaves them out.

      The AML of a DSDT or an SSDT is printed as ASL, which iasl compiles; of other tables, APIC and IORT \
      among them, the fields are printed. What can't be read is said and left out. A table that calls methods of others is shown with them in one file, one behind the \
      other.
      """)

  @Argument(
    help: "A flattened device tree, or a table of ACPI; '-' is standard input.",
    completion: .file(extensions: ["dtb", "dtbo", "aml", "DTB", "DTBO", "AML"]))
  var file: String

  @Flag(help: "Leave the comments out.")
  var plain = false

  func run() throws {
    try reportingFailures {
      let limits = Limits()
      let (bytes, fileSize) = try InputFile.read(
        file, limit: limits.maximumSize, magics: [FlattenedTree.magic] + TableMagic.all,
        sizePromised: FlattenedTree.sizePromised
      ) { start in
        TableMagic.begins(start) ? .max : FlattenedTree.sizeNeeded(of: start)
      }
      if TableMagic.begins(bytes) {
        return try ShownTables(bytes, path: file).show()
      }
      try TableMagic.refuseUnknown(bytes, path: file, verb: "printed")
      let tree = try FlattenedTree(bytes, fileSize: fileSize, limits: limits, path: file)
      let text = tree.sourceText(options: SourceTextOptions(annotated: !plain))
      StandardStream.output.write(text)
      return .clean
    }
  }
}

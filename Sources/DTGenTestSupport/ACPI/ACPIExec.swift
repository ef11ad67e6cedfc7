/// Runs of ACPICA's interpreter.
public enum ACPIExec {
  /// Loads `tables` and runs `commands` of its debugger.
  ///
  /// - Returns: What it printed, and the lines of it that are complaints: its status is 0 whatever
  ///   happens.
  /// - Throws: ``Tool/Missing``, and what running a program throws.
  public static func run(
    _ commands: [String], on tables: [[UInt8]]
  ) throws -> (text: String, complaints: String) {
    let scratch = try ScratchDirectory()
    var files: [String] = []
    for (index, table) in tables.enumerated() {
      files.append(try scratch.write(table, to: "\(index).aml"))
    }
    // Without -dt each allocation is searched for in a list of all.
    let result = try Tool.acpiexec.run(
      ["-dt", "-b", (commands + ["quit"]).joined(separator: ";")] + files)
    let text = result.text + result.errors
    let complaints = text.split(separator: "\n").filter { line in
      ["AE_", "ACPI Error", "Firmware Error", "ACPI Warning"].contains { line.contains($0) }
        && !line.contains("AE_OK")
        // `resources` tries to set them, too, and no device of ours has _SRS.
        && !line.contains("AcpiSetCurrentResources failed: AE_NOT_FOUND")
        // It shows _PRT besides, in a buffer of its own that is too small for 128 pins.
        && !line.contains("Could not evaluate _PRT: AE_BUFFER_OVERFLOW")
    }
    return (text, complaints.joined(separator: "\n"))
  }
}

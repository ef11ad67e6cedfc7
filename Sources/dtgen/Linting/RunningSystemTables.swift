/// The tables that a running Linux was given, as `/sys/firmware/acpi/tables` and copies of it have them.
///
/// **Source:** Linux 6.12 `Documentation/ABI/testing/sysfs-firmware-acpi`; `drivers/acpi/sysfs.c`.
enum RunningSystemTables {
  /// The files of tables in the directory at `root`: what it is called by, and what was loaded later; none where
  /// it isn't such a directory.
  ///
  /// What tables refer to, in `data`, is no table.
  static func files(in root: String) -> [String] {
    guard let names = try? Directory.names(in: root), names.contains("DSDT") else { return [] }
    var files = tables(among: names).map { "\(root)/\($0)" }
    if let later = try? Directory.names(in: root + "/dynamic") {
      files += tables(among: later).map { "\(root)/dynamic/\($0)" }
    }
    return files
  }

  /// `SSDT2` stands before `SSDT10`, as they were loaded.
  private static func tables(among names: [String]) -> [String] {
    names.filter(isTable).sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
  }

  /// Whether a file is called by the signature of a table, with a number where there are several.
  private static func isTable(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    return TableMagic.begins(bytes)
      && bytes.dropFirst(4).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}

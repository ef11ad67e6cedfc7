import DTGenTestSupport
import Foundation

/// Where and when the numbers come from.
struct Machine: Encodable {
  /// The day, as in 2026-01-31, in UTC.
  var date: String
  /// The processor's own name.
  var processor: String
  /// The number of processors that are there.
  var cores: Int
  /// The first line that each tool says about itself.
  var versions: [String]

  /// This machine, now.
  init() {
    let now = Calendar(identifier: .gregorian).dateComponents(in: .gmt, from: Date())
    date = String(format: "%04d-%02d-%02d", now.year ?? 0, now.month ?? 0, now.day ?? 0)
    processor = Self.processorName()
    cores = ProcessInfo.processInfo.processorCount
    versions = [Tool.swiftc, .dtc, .qemuArm].compactMap(Self.version)
  }

  /// The line that goes with a table.
  var text: String {
    (["\(date)", "\(processor), \(cores) cores"] + versions).joined(separator: "; ")
  }

  private static func processorName() -> String {
    let lines = ((try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? "")
      .split(separator: "\n")
    // arm64 has no name there.
    guard let line = lines.first(where: { $0.hasPrefix("model name") }),
      let colon = line.firstIndex(of: ":")
    else { return "unknown processor" }
    return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
  }

  private static func version(of tool: Tool) -> String? {
    guard let result = try? tool.run(["--version"]),
      let line = result.text.split(separator: "\n").first
    else { return nil }
    let words = line.replacingOccurrences(of: "Version: ", with: "")
    // What stands in parentheses is the packager's.
    return (words.split(separator: "(").first ?? "").trimmingCharacters(in: .whitespaces)
  }
}

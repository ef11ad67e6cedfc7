import ArgumentParser
import PlatformDescription

/// What descriptions are laid over, and what else may be laid over them.
struct BaseOptions: ParsableArguments {
  @Option(
    name: .customLong("base"),
    help: ArgumentHelp(
      """
      The tree that the VMM dumps, onto which the description is merged; with several virtual \
      machines VM=FILE, once for each.
      """, valueName: "[VM=]FILE"),
    completion: .file(extensions: ["dtb"]))
  var bases: [String] = []

  @Flag(help: "Write labels and the names of regions into /__symbols__, for overlays to use.")
  var symbols = false

  /// The base of each virtual machine, read.
  ///
  /// - Parameters:
  ///   - platform: What is described.
  ///   - names: The machines that are built; empty for all.
  /// - Returns: The bases, by the names of the machines.
  /// - Throws: ``Failure`` for a machine that there isn't, that has two bases, or that isn't built, and
  ///   for files that are no bases.
  func files(for platform: Platform, machines names: [String]) throws(Failure) -> [String: BaseFile]
  {
    let built = platform.virtualMachines.map(\.name).filter {
      names.isEmpty || names.contains($0)
    }
    var files: [String: BaseFile] = [:]
    for base in bases {
      let (machine, path) = try Self.split(base, platform.virtualMachines.map(\.name), built)
      guard built.contains(machine) else {
        throw Failure(.usage, "--base \(base): '\(machine)' isn't built; name it with --vm too")
      }
      guard files[machine] == nil else {
        throw Failure(.usage, "--base \(base): '\(machine)' has a base already")
      }
      files[machine] = try BaseFile(path)
    }
    return files
  }

  /// The machine and the file that `text` names.
  private static func split(
    _ text: String, _ known: [String], _ built: [String]
  ) throws(Failure) -> (machine: String, path: String) {
    if let equals = text.firstIndex(of: "=") {
      let name = String(text[..<equals])
      if known.contains(name) {
        let path = String(text[text.index(after: equals)...])
        guard !path.isEmpty else {
          throw Failure(.usage, "--base \(text): names no file behind the sign")
        }
        return (name, path)
      }
      guard Path.exists(text) else {
        throw Failure(
          .usage,
          "--base \(text): there is no virtual machine '\(name)'; there is "
            + known.joined(separator: ", "))
      }
    }
    guard built.count == 1, let only = built.first else {
      throw Failure(
        .usage,
        "--base \(text): there are \(built.count) virtual machines; say whose base it is, as in "
          + "--base \(built.first ?? "guest")=\(text)")
    }
    return (only, text)
  }
}

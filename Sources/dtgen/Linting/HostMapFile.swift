import GuestView
import PlatformLint

/// A file that says where the host has the memory of machines.
enum HostMapFile {
  /// What is read at the most, in bytes.
  private static let limit = 16 << 20

  /// The map in the file at `path`, for the machines whose trees are called `names`.
  ///
  /// - Throws: ``Failure`` with status 66 where the file is missing, and 78 where it is no map of these
  ///   machines.
  static func load(_ path: String, machines names: [String]) throws(Failure) -> HostMap {
    let bytes = try InputFile.read(path, limit: limit)
    let document = try PolicyFile.decode(HostMapDocument.self, bytes, of: path)
    func location(_ steps: JSON5Document.Step...) -> HostMap.Location {
      let position = TextPosition(of: JSON5Document.offset(of: steps, in: bytes), in: bytes)
      return HostMap.Location(line: position.line, column: position.column)
    }
    var entries: [[HostMap.Entry]?] = Array(repeating: nil, count: names.count)
    for (number, machine) in document.machines.enumerated() {
      let place = location(.key("machines"), .index(number), .key("tree"))
      let start = "\(path.reportedPath):\(place.line):\(place.column): machines[\(number)].tree: "
      guard let index = Self.index(of: machine.tree, in: names) else {
        throw Failure(
          .badConfiguration,
          start + "no tree of this run is called '\(machine.tree)'; there is "
            + names.joined(separator: ", "))
      }
      guard entries[index] == nil else {
        throw Failure(.badConfiguration, start + "'\(machine.tree)' is there already")
      }
      entries[index] = machine.memory.enumerated().map { position, entry in
        var entry = entry
        entry.location = location(
          .key("machines"), .index(number), .key("memory"), .index(position))
        return entry
      }
    }
    if let missing = entries.firstIndex(where: { $0 == nil }) {
      throw Failure(
        .badConfiguration,
        "\(path.reportedPath): machines: there is nothing about \(names[missing])")
    }
    let hypervisor = document.hypervisor.enumerated().map { number, kept in
      var kept = kept
      kept.location = location(.key("hypervisor"), .index(number))
      return kept
    }
    return HostMap(
      file: path.reportedPath, hypervisor: hypervisor, machines: entries.map { $0 ?? [] })
  }

  /// The tree that is so called: by the name that the run has for it, or by the last part of that where
  /// no other tree has the same.
  private static func index(of name: String, in names: [String]) -> Int? {
    if let index = names.firstIndex(of: name) { return index }
    let matching = names.indices.filter { Path.name(of: names[$0]) == name }
    return matching.count == 1 ? matching[0] : nil
  }
}

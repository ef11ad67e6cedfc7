import ArgumentParser
import GuestView

/// How machines are judged together.
struct PairOptions: ParsableArguments {
  @Flag(
    help: """
      Take the trees for those of machines that share memory, and judge them together as well.
      """)
  var pair = false

  @Option(
    name: .customLong("share"),
    help: ArgumentHelp(
      """
      What they share: the name of a node, a label, an xen,id, a compatible, or an address; may be \
      repeated. Without it, what looks shared is.
      """, valueName: "name"))
  var shares: [String] = []

  @Option(
    help: ArgumentHelp(
      "How many machines may have a share that else has two; may be repeated.",
      valueName: "name=number"),
    transform: Self.parties)
  var parties: [NamedCount] = []

  @Option(
    help: ArgumentHelp(
      "The granule of the hypervisor, at which shares start and end; 64K where it isn't said.",
      valueName: "size"),
    transform: Self.granule)
  var granule: UInt64?

  @Option(
    name: .customLong("host-map"),
    help: ArgumentHelp(
      """
      Where the host has the memory of each machine, in JSON or JSON5; \
      schemas/host-map.schema.json describes it.
      """, valueName: "file"),
    completion: .file(extensions: ["json", "json5"]))
  var hostMap: String?

  func validate() throws {
    if !pair {
      let used: [(String, Bool)] = [
        ("--share", !shares.isEmpty), ("--parties", !parties.isEmpty),
        ("--granule", granule != nil), ("--host-map", hostMap != nil),
      ]
      if let option = used.first(where: \.1) {
        throw ValidationError("\(option.0) is about machines that share memory, and needs --pair.")
      }
    }
    if shares.contains("") { throw ValidationError("The name of a share is empty.") }
    if Set(shares).count < shares.count { throw ValidationError("A share is named twice.") }
    if Set(parties.map(\.name)).count < parties.count {
      throw ValidationError("--parties says two numbers for one share.")
    }
  }

  /// The same, for a run; nil where trees are judged one by one.
  var request: PairRequest? {
    guard pair else { return nil }
    return PairRequest(
      shares: shares,
      parties: Dictionary(parties.map { ($0.name, $0.count) }, uniquingKeysWith: { $1 }),
      granule: granule ?? SharingSettings.usualGranule, hostMap: hostMap)
  }

  private static func parties(_ text: String) throws -> NamedCount {
    guard let sign = text.lastIndex(of: "="), sign != text.startIndex,
      let count = Int(text[text.index(after: sign)...]), (2...1000).contains(count)
    else {
      throw ValidationError("'\(text)' should read like vrings=3, with 2 to 1000 machines.")
    }
    return NamedCount(name: String(text[..<sign]), count: count)
  }

  private static func granule(_ text: String) throws -> UInt64 {
    let units: [(String, UInt64)] = [("KiB", 10), ("MiB", 20), ("K", 10), ("M", 20), ("", 0)]
    for (unit, shift) in units where text.hasSuffix(unit) {
      let digits = text.dropLast(unit.count)
      let number =
        digits.hasPrefix("0x") ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
      guard let number, (1...(1 << 30) >> shift).contains(number) else { break }
      let size = number << shift
      if size >= 4096, size & (size - 1) == 0 { return size }
      break
    }
    throw ValidationError("'\(text)' is no granule: a power of two from 4K to 1024M.")
  }
}

/// `--parties NAME=NUMBER`.
struct NamedCount: Equatable {
  /// The share.
  var name: String
  /// The most machines.
  var count: Int
}

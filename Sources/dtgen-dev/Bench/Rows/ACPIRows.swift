import Foundation

/// Tables with many devices of virtio-mmio: written inside the process, from the making of their terms
/// on, and read by a process; iasl compiles the same ASL, and disassembles the same table.
///
/// iasl's time grows with the square of their number, to more than eight minutes for 100,000: it is measured up to
/// 10,000, and ours further.
enum ACPIRows {
  static func measure(_ workshop: Workshop) throws -> [Row] {
    try rows("writing", workshop, writing) + rows("reading", workshop, reading)
      + [try sizes(10_000, workshop)]
  }

  private static func rows(
    _ verb: String, _ workshop: Workshop, _ contest: (Int, Workshop) throws -> Contest
  ) throws -> [Row] {
    let small = try contest(1_000, workshop).run()
    let large = try contest(10_000, workshop).run()
    let largest = try contest(100_000, workshop).runAlone()
    guard case .cost(let ours) = large.ours, case .cost(let first) = small.peer,
      case .cost(let second) = large.peer
    else { return [large] }
    return [
      large,
      Row(
        growthOf: "growth of \(verb) them, from 10,000 devices to 100,000",
        ours: (ours, largest), peerName: "\(large.peerName), from 1,000 to 10,000",
        peer: (first, second), goal: 12),
    ]
  }

  private static func writing(_ count: Int, _ workshop: Workshop) throws -> Contest {
    let times = workshop.file("times")
    let source = try self.source(count, workshop)
    let write = Invocation(
      executable: workshop.dtgenDev, arguments: ["write-table", "\(count)"], output: times)
    let compile = compilation(of: source, count, workshop)
    return Contest(
      what: "writing an SSDT of \(count.grouped) virtio-mmio devices", goal: 1.0 / 60,
      rounds: workshop.rounds(10), peerName: "iasl",
      ours: { () throws(Failure) in
        let run = try write.run()
        return try WriteRows.sample(in: times, memory: run.peakMemory)
      },
      peer: { () throws(Failure) in Sample(try compile.run()) })
  }

  private static func source(_ count: Int, _ workshop: Workshop) throws -> String {
    let source = workshop.file("\(count).asl")
    try Invocation(
      executable: workshop.dtgenDev, arguments: ["write-table", "\(count)", "--source", source]
    ).run()
    return source
  }

  private static func compilation(
    of source: String, _ count: Int, _ workshop: Workshop
  ) -> Invocation {
    Invocation(
      executable: workshop.iasl,
      arguments: ["-vs", "-va", "-p", workshop.file("\(count)-compiled"), source],
      output: "/dev/null")
  }

  private static func reading(_ count: Int, _ workshop: Workshop) throws -> Contest {
    let table = workshop.file("\(count).aml")
    try Invocation(
      executable: workshop.dtgenDev, arguments: ["write-table", "\(count)", "--table", table]
    ).run()
    let read = Invocation(
      executable: workshop.dtgenDev, arguments: ["read-table", table], output: "/dev/null")
    let disassemble = Invocation(
      executable: workshop.iasl,
      arguments: ["-vs", "-p", workshop.file("\(count)-disassembled"), "-d", table],
      output: "/dev/null")
    return Contest(
      what: "reading an SSDT of \(count.grouped) virtio-mmio devices", goal: 1.0 / 20,
      rounds: workshop.rounds(10), peerName: "iasl -d",
      ours: { () throws(Failure) in Sample(try read.run()) },
      peer: { () throws(Failure) in Sample(try disassemble.run()) })
  }

  /// What a compact table takes, next to what iasl makes of the same devices.
  private static func sizes(_ count: Int, _ workshop: Workshop) throws -> Row {
    let compiled = workshop.file("\(count)-compiled.aml")
    if !FileManager.default.fileExists(atPath: compiled) {
      try compilation(of: source(count, workshop), count, workshop).run()
    }
    let compact = workshop.file("\(count)-compact.aml")
    try Invocation(
      executable: workshop.dtgenDev,
      arguments: ["write-table", "\(count)", "--table", compact, "--compact"]
    ).run()
    func size(_ file: String) throws -> Int {
      let values = try FileManager.default.attributesOfItem(atPath: file)
      return (values[.size] as? NSNumber)?.intValue ?? 0
    }
    return Row(
      bytesOf: "a compact SSDT of \(count.grouped) virtio-mmio devices", peerName: "iasl",
      ours: try size(compact), peer: try size(compiled), goal: 0.55)
  }
}

extension Int {
  /// The number as rows show it: 10,000.
  var grouped: String {
    var digits = String(self)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return digits
  }
}

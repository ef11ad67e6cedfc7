import Foundation

/// Tables with many devices of virtio-mmio: written inside the process, from the making of their terms
/// on, and read by a process; iasl compiles the same ASL, and disassembles the same table.
enum ACPIRows {
  static func measure(_ workshop: Workshop) throws -> [Row] {
    var rows: [Row] = []
    let write = try [10_000, 100_000].map { try writing($0, workshop) }
    rows += try write.map { try $0.run() }
    let read = try [10_000, 100_000].map { try reading($0, workshop) }
    rows += try read.map { try $0.run() }
    rows += [
      Row(
        growthOf: "growth of writing them, from 10,000 devices to 100,000", from: rows[0],
        to: rows[1], goal: 12),
      Row(
        growthOf: "growth of reading them, from 10,000 devices to 100,000", from: rows[2],
        to: rows[3], goal: 12),
    ].compactMap(\.self)
    return rows
  }

  /// iasl's time grows with the square; a few runs of its largest are enough.
  private static func rounds(_ count: Int, _ workshop: Workshop) -> Int {
    count > 10_000 ? 1 : workshop.rounds(10)
  }

  private static func writing(_ count: Int, _ workshop: Workshop) throws -> Contest {
    let source = workshop.file("\(count).asl")
    let times = workshop.file("times")
    try Invocation(
      executable: workshop.dtgenDev, arguments: ["write-table", "\(count)", "--source", source]
    ).run()
    let write = Invocation(
      executable: workshop.dtgenDev, arguments: ["write-table", "\(count)"], output: times)
    let compile = Invocation(
      executable: workshop.iasl,
      arguments: ["-vs", "-va", "-p", workshop.file("\(count)-compiled"), source],
      output: "/dev/null")
    return Contest(
      what: "writing an SSDT of \(count.grouped) virtio-mmio devices", goal: 1.0 / 60,
      rounds: rounds(count, workshop), peerName: "iasl",
      ours: { () throws(Failure) in
        let run = try write.run()
        return try WriteRows.sample(in: times, memory: run.peakMemory)
      },
      peer: { () throws(Failure) in Sample(try compile.run()) })
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
      rounds: rounds(count, workshop), peerName: "iasl -d",
      ours: { () throws(Failure) in Sample(try read.run()) },
      peer: { () throws(Failure) in Sample(try disassemble.run()) })
  }
}

extension Int {
  /// The number as rows show it: 10,000.
  fileprivate var grouped: String {
    var digits = String(self)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return digits
  }
}

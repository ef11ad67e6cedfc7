import Foundation

/// Writing large trees: ours is measured inside the process, without making the tree; dtc is
/// measured as a process that reads the same tree's source.
enum WriteRows {
  static func measure(_ workshop: Workshop) throws -> [Row] {
    let small = try row(nodeCount: 10_000, "10,000", rounds: workshop.rounds(30), workshop)
    let large = try row(nodeCount: 100_000, "100,000", rounds: workshop.rounds(30) / 3, workshop)
    let growth = Row(
      growthOf: "growth from 10,000 nodes to 100,000", from: small, to: large, goal: 12)
    return [small, large] + [growth].compactMap(\.self)
  }

  private static func row(
    nodeCount: Int, _ number: String, rounds: Int, _ workshop: Workshop
  ) throws -> Row {
    let source = workshop.file("tree.dts")
    let times = workshop.file("times")
    try Invocation(
      executable: workshop.dtgenDev, arguments: ["write", "\(nodeCount)", "--source", source]
    ).run()
    let write = Invocation(
      executable: workshop.dtgenDev, arguments: ["write", "\(nodeCount)"], output: times)
    let compile = Invocation(
      executable: workshop.dtc,
      arguments: ["-q", "-I", "dts", "-O", "dtb", "-o", "/dev/null", source])
    return try Contest(
      what: "writing \(number) nodes", goal: 1, rounds: rounds, peerName: "dtc -I dts -O dtb",
      ours: { () throws(Failure) in
        let run = try write.run()
        return try sample(in: times, memory: run.peakMemory)
      },
      peer: { () throws(Failure) in Sample(try compile.run()) }
    ).run()
  }

  /// What ``Write`` or ``WriteTable`` printed.
  static func sample(in file: String, memory: Int?) throws(Failure) -> Sample {
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    let numbers = text.split { $0.isWhitespace }.compactMap { Int($0) }
    guard numbers.count == 2 else { throw Failure("dtgen-dev printed '\(text)'") }
    return Sample(wall: numbers[0], processor: numbers[1], peakMemory: memory)
  }
}

import DTGenTestSupport
import Foundation

/// Judging one tree, where starting costs more than reading, and a thousand, where it doesn't.
enum LintRows {
  static func measure(_ workshop: Workshop) throws -> [Row] {
    let tree = workshop.file("virt.dtb")
    try Data(QEMUTree(gic: 3, cpus: 4).dump()).write(to: URL(fileURLWithPath: tree))
    let lint = Invocation(executable: workshop.dtgen, arguments: ["lint", "-q", tree])
    let check = Invocation(
      executable: workshop.dtc, arguments: ["-I", "dtb", "-O", "null", tree])
    let rows = [
      try Contest(
        what: "linting QEMU's tree", goal: 2, rounds: workshop.rounds(400),
        peerName: "dtc -O null",
        ours: { () throws(Failure) in try sample(of: lint) },
        peer: { () throws(Failure) in Sample(try check.run()) }
      ).run()
    ]
    return rows + [try largest(workshop), try all(workshop)]
  }

  /// The largest tree, for the memory that it takes.
  private static func largest(_ workshop: Workshop) throws -> Row {
    let largest = try Corpus(workshop).largest
    let lint = Invocation(
      executable: workshop.dtgen,
      arguments: ["lint", "-q", "--no-policy", "--profile", "soc", largest.path])
    let check = Invocation(
      executable: workshop.dtc, arguments: ["-q", "-I", "dtb", "-O", "null", largest.path])
    return try Contest(
      what: "linting the largest tree (\(largest.size >> 10) KiB)", goal: 1,
      rounds: workshop.rounds(100), peerName: "dtc -O null",
      ours: { () throws(Failure) in try sample(of: lint) },
      peer: { () throws(Failure) in Sample(try check.run()) }
    ).run()
  }

  /// Many trees: one process of ours, and one of dtc for each tree, which is how it is used.
  private static func all(_ workshop: Workshop) throws -> Row {
    let corpus = try Corpus(workshop)
    let lint = Invocation(
      executable: workshop.dtgen,
      arguments: ["lint", "-q", "--no-policy", "--profile", "soc"] + corpus.trees)
    let checks = corpus.trees.map {
      Invocation(executable: workshop.dtc, arguments: ["-q", "-I", "dtb", "-O", "null", $0])
    }
    return try Contest(
      what: "linting \(corpus.trees.count) DTBs \(corpus.origin)", goal: 0.1,
      rounds: workshop.isQuick ? 1 : 5, peerName: "dtc -O null, one by one",
      ours: { () throws(Failure) in try sample(of: lint) },
      peer: { () throws(Failure) in
        var samples: [Sample] = []
        for check in checks { samples.append(Sample(try check.run())) }
        return Sample(sum: samples)
      }
    ).run()
  }

  /// A run, which with status 1 has found something, and has done its work.
  static func sample(of lint: Invocation) throws(Failure) -> Sample {
    let run = try lint.measured()
    guard run.status == 0 || run.status == 1 else {
      throw Failure("status \(run.status) from: \(lint.text)")
    }
    return Sample(run)
  }
}

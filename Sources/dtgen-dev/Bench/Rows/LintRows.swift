import DTGenTestSupport
import Foundation

/// Judging one tree, where starting costs more than reading.
enum LintRows {
  static func measure(_ workshop: Workshop) throws -> [Row] {
    let tree = workshop.file("virt.dtb")
    try Data(QEMUTree(gic: 3, cpus: 4).dump()).write(to: URL(fileURLWithPath: tree))
    let lint = Invocation(executable: workshop.dtgen, arguments: ["lint", "-q", tree])
    let check = Invocation(
      executable: workshop.dtc, arguments: ["-I", "dtb", "-O", "null", tree])
    return [
      try Contest(
        what: "linting QEMU's tree", goal: 2, rounds: workshop.rounds(400),
        peerName: "dtc -O null",
        ours: { () throws(Failure) in
          let run = try lint.measured()
          // With 1 it has found something, and has done its work.
          guard run.status == 0 || run.status == 1 else {
            throw Failure("status \(run.status) from: \(lint.text)")
          }
          return Sample(run)
        },
        peer: { () throws(Failure) in Sample(try check.run()) }
      ).run()
    ]
  }
}

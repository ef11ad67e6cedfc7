import Foundation

/// Reading many trees: one process of ours, and one of dtc for each tree, which is how it is used.
enum ReadRows {
  static func measure(_ workshop: Workshop) throws -> [Row] {
    let corpus = try Corpus(workshop)
    let list = workshop.file("trees")
    try corpus.trees.joined(separator: "\n").write(toFile: list, atomically: false, encoding: .utf8)
    let read = Invocation(executable: workshop.dtgenDev, arguments: ["read", list])
    let copies = corpus.trees.map {
      Invocation(
        executable: workshop.dtc,
        arguments: ["-q", "-I", "dtb", "-O", "dtb", "-o", "/dev/null", $0])
    }
    return [
      try Contest(
        what: "reading \(corpus.trees.count) DTBs \(corpus.origin)", goal: 0.05,
        rounds: workshop.isQuick ? 1 : 5, peerName: "dtc -I dtb -O dtb, one by one",
        ours: { () throws(Failure) in Sample(try read.run()) },
        peer: { () throws(Failure) in
          var samples: [Sample] = []
          for copy in copies { samples.append(Sample(try copy.run())) }
          return Sample(sum: samples)
        }
      ).run()
    ]
  }
}

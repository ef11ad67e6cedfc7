/// From a tree to text: ours is a description that gives the tree back, dtc's is the tree itself.
enum ImportRows {
  static func measure(_ workshop: Workshop) throws -> [Row] {
    let largest = try Corpus(workshop).largest
    let importing = Invocation(
      executable: workshop.dtgen, arguments: ["import", largest.path, "-o", "-"],
      output: workshop.file("platform.swift"))
    let decompile = Invocation(
      executable: workshop.dtc,
      arguments: ["-q", "-I", "dtb", "-O", "dts", "-o", workshop.file("tree.dts"), largest.path])
    return [
      try Contest(
        what: "importing the largest tree (\(largest.size >> 10) KiB)", goal: 10,
        rounds: workshop.rounds(50), peerName: "dtc -I dtb -O dts",
        ours: { () throws(Failure) in Sample(try importing.run()) },
        peer: { () throws(Failure) in Sample(try decompile.run()) }
      ).run()
    ]
  }
}

import DTGenTestSupport
import Foundation

/// The trees that are read: those of Debian's arm64 kernel where `.ci/corpus` has fetched them.
struct Corpus {
  /// The paths of the files, in order.
  var trees: [String]
  /// Where they come from, as a row says it.
  var origin: String

  /// The number of trees that are read at the most.
  private static let size = 1000

  /// - Throws: ``QEMUTree/Failure`` where there is no corpus, and QEMU writes no tree.
  init(_ workshop: Workshop) throws {
    let directory = Repository.root + "/.build/corpus/dtb"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    if !names.isEmpty {
      trees = names.sorted().prefix(Self.size).map { directory + "/" + $0 }
      origin = "of Debian's arm64 kernel"
      return
    }
    let machines = QEMUTree.all
    let bytes = try machines.map { Data(try $0.dump()) }
    trees = []
    for number in 0..<Self.size {
      let tree = workshop.file("tree-\(number).dtb")
      try bytes[number % bytes.count].write(to: URL(fileURLWithPath: tree))
      trees.append(tree)
    }
    origin = "(QEMU's, as .ci/corpus has not run)"
  }

  /// The largest of the trees, with its size in bytes.
  ///
  /// - Throws: ``Failure`` where there is none.
  var largest: (path: String, size: Int) {
    get throws(Failure) {
      let sizes = trees.map { tree in
        let attributes = try? FileManager.default.attributesOfItem(atPath: tree)
        return (path: tree, size: attributes?[.size] as? Int ?? 0)
      }
      guard let largest = sizes.max(by: { $0.size < $1.size }) else {
        throw Failure("there are no trees")
      }
      return largest
    }
  }
}

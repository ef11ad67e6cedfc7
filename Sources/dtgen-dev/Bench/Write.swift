import ArgumentParser
import DTGenTestSupport
import DeviceTree
import Foundation

/// `dtgen-dev write`: the part of `bench` that writes, in a process of its own.
struct Write: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a synthetic tree, and print how long that took.", shouldDisplay: false)

  @Argument(help: "The number of nodes.")
  var nodeCount: Int

  @Option(help: "Where the tree's source goes; nothing is measured then.")
  var source: String?

  func run() throws {
    let tree = Tree.synthetic(nodeCount: nodeCount)
    if let source {
      let text = try FlattenedTree(tree.flattened()).sourceText()
      try text.write(toFile: source, atomically: false, encoding: .utf8)
      return
    }
    let started = (wall: Clock.nanoseconds(), processor: Clock.processorNanoseconds())
    let bytes = try tree.flattened()
    let wall = Clock.nanoseconds() - started.wall
    let processor = Clock.processorNanoseconds() - started.processor
    // The bytes have to be there until the clock has stopped.
    withExtendedLifetime(bytes) { print(wall, processor) }
  }
}

import ArgumentParser
import DTGenTestSupport
import DeviceTree
import Foundation
import PlatformDescription
import PlatformImport
import PlatformLowering

/// `dtgen-dev import`: imports trees, lowers what came of them, and says where the trees differ.
struct ImportCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import trees, lay them out again, and compare.",
    discussion: "Without arguments, those of Debian's arm64 kernel, which .ci/corpus fetches.")

  @Argument(help: "Flattened device trees.")
  var trees: [String] = []

  @Flag(help: "Without nouns.")
  var raw = false

  func run() throws {
    let directory = Repository.root + "/.build/corpus/dtb"
    let names = trees.isEmpty
      ? try FileManager.default.contentsOfDirectory(atPath: directory).sorted().map {
        directory + "/" + $0
      } : trees
    var failures = 0
    for name in names {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: name)))
      let tree = try FlattenedTree(bytes)
      do {
        let imported = try ImportedPlatform(tree, options: ImportOptions(usesNouns: !raw))
        let lowering = Lowering(imported.platform)
        guard let machine = lowering.machines.first else {
          print("\(name): \(lowering.mistakes)")
          failures += 1
          continue
        }
        let again = Tree(try FlattenedTree(machine.tree.flattened()))
        let agreement = TreeAgreement(
          Tree(tree), again, ignoring: ["/chosen/rng-seed", "/chosen/kaslr-seed"])
        for difference in agreement.differences { print("\(name): \(difference)") }
        if !agreement.differences.isEmpty { failures += 1 }
      } catch {
        print("\(name): \(error)")
        failures += 1
      }
    }
    print("\(names.count) trees, \(failures) not given back")
  }
}

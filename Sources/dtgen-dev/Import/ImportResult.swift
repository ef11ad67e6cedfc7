import DTGenTestSupport
import DeviceTree
import Foundation
import PlatformImport
import PlatformLowering

/// What came of one tree.
struct ImportResult {
  /// The size of the description, in bytes.
  var text: Int
  /// What differs, as sentences.
  var differences: [String]

  private static let seeds: Set<String> = [
    "/chosen/rng-seed", "/chosen/kaslr-seed", "/secure-chosen/rng-seed",
    "/secure-chosen/kaslr-seed",
  ]

  /// Imports a tree, and lowers the model.
  init(modelling bytes: [UInt8], usesNouns: Bool) throws {
    let tree = try FlattenedTree(bytes)
    let imported = try ImportedPlatform(tree, options: ImportOptions(usesNouns: usesNouns))
    text = imported.source.utf8.count
    let lowering = Lowering(imported.platform)
    guard let machine = lowering.machines.first, lowering.mistakes.isEmpty else {
      differences = lowering.mistakes.map(\.message)
      return
    }
    let again = try FlattenedTree(machine.tree.flattened())
    differences = TreeAgreement(Tree(tree), Tree(again), ignoring: Self.seeds).differences
  }

  /// Imports the tree in `file` with the command of `dist/`, builds what it wrote, and has the text
  /// looked at.
  init(compiling file: String, options: [String]) throws {
    let scratch = try ScratchDirectory()
    let dtgen = Tool(path: Repository.root + "/dist/bin/dtgen", package: "dtgen: make build")
    let source = scratch.path + "/platform.swift"
    let imported = try dtgen.run(["import", file, "-o", source, "--name", "tree"] + options)
    text = scratch.read("platform.swift")?.count ?? 0
    let built = try dtgen.run([
      "build", source, "-o", scratch.path, "--force", "--fail-on", "never", "-q", "--no-cache",
      "--time-limit", "60",
    ])
    guard imported.status == 0, built.status == 0, let after = scratch.read("tree.dtb") else {
      differences = [imported.errors + built.errors]
      return
    }
    let before = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    differences = try TreeAgreement(
      Tree(FlattenedTree(before)), Tree(FlattenedTree(after)), ignoring: Self.seeds
    ).differences
    let format = try Tool.swift.run([
      "format", "lint", "--strict", "--configuration", Repository.root + "/.swift-format", source,
    ])
    let complaints = format.text + format.errors
    if !complaints.isEmpty { differences.append(complaints) }
  }
}

extension Tool {
  /// The command of the Swift toolchain.
  static let swift = Tool("swift", package: "Swift from https://swift.org/install")
}

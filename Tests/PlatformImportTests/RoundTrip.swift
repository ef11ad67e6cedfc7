import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformImport
import PlatformLowering

/// A tree, what it is imported as, and what that is lowered to.
struct RoundTrip {
  let tree: FlattenedTree
  let imported: ImportedPlatform
  let again: FlattenedTree

  init(_ bytes: [UInt8], options: ImportOptions = ImportOptions()) throws {
    tree = try FlattenedTree(bytes)
    imported = try ImportedPlatform(tree, options: options)
    // As the command does it: through the model's JSON.
    let platform = try Platform(strictJSON: imported.platform.json())
    let lowering = Lowering(platform)
    guard let machine = lowering.machines.first, lowering.mistakes.isEmpty else {
      throw Failure(description: lowering.mistakes.map(\.message).joined(separator: "; "))
    }
    again = try FlattenedTree(machine.tree.flattened())
  }

  init(_ source: String, options: ImportOptions = ImportOptions()) throws {
    try self.init(DTC.compile(source).bytes, options: options)
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// What differs between the trees, seeds aside.
  var differences: [String] {
    TreeAgreement(Tree(tree), Tree(again), ignoring: Set(imported.omitted)).differences
  }
}

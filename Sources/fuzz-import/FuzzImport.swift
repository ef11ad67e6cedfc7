import DeviceTree
import Fuzzing
import PlatformImport
import PlatformLowering

/// Imports a tree, lowers what came of it, and stops where that is another tree.
private func importTree(_ bytes: [UInt8]) {
  guard let tree = try? FlattenedTree(bytes, limits: Limits(maximumSize: 1 << 20)) else { return }
  for usesNouns in [true, false] {
    let options = ImportOptions(usesNouns: usesNouns, keepsSeeds: true)
    let imported: ImportedPlatform
    do {
      imported = try ImportedPlatform(tree, options: options)
    } catch {
      // A tree that can be written can be described.
      precondition(!error.isInternal, error.description)
      continue
    }
    let lowering = Lowering(imported.platform)
    precondition(lowering.mistakes.isEmpty, "\(lowering.mistakes)")
    let machine = lowering.machines[0]
    let differences = Tree(tree).difference(to: machine.tree, references: machine.references)
    precondition(differences.isEmpty, "\(differences)")
    precondition((try? machine.tree.flattened()) != nil, "what came of it can't be written")
  }
}

/// What SwiftPM calls `main`.
@_cdecl("fuzz_import_main")
public func fuzzImportMain(
  _ argumentCount: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  FuzzDriver.run(argumentCount, arguments) { start, count in
    importTree(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  }
}

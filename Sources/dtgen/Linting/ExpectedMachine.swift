import DeviceTree
import GuestView
import PlatformDescription
import PlatformLint
import VMMInterface

/// What `dtgen build` wrote of a machine: its tree, what its devices have to offer, or both as one model.
struct ExpectedMachine {
  private let tree: FlattenedTree
  private var features: DeviceFeatures?

  /// Reads `files`: a tree and features in any order, or a model.
  ///
  /// - Throws: ``Failure`` with status 64 where they don't say one machine, and 65 or 66 for a file that can't be
  ///   read.
  init(_ files: [String], limits: LintLimits) throws(Failure) {
    var tree: FlattenedTree?
    for file in files {
      let name = InputFile.name(of: file)
      guard file.hasSuffix(".json") || file.hasSuffix(".json5") else {
        if tree != nil { throw Self.twice("a tree", name) }
        tree = try FlattenedTree(machine: file, limits: limits.tree)
        continue
      }
      if let platform = try? Platform(strictJSON: try InputFile.read(file)) {
        if tree != nil { throw Self.twice("a tree", name) }
        let machine = try Self.machine(of: platform, name)
        tree = machine.view.tree
        guard features == nil else { throw Self.twice("features", name) }
        features = machine.view.features
        continue
      }
      guard features == nil else { throw Self.twice("features", name) }
      features = try CheckInputs(limits: limits).features(in: file)
    }
    guard let tree else {
      throw Failure(
        .usage, "--expect takes the tree that was built, or the model, besides features")
    }
    self.tree = tree
  }

  private static func twice(_ what: String, _ name: String) -> Failure {
    Failure(.usage, "--expect \(name): \(what) was named before")
  }

  /// The one machine of a platform, laid out.
  private static func machine(
    of platform: Platform, _ name: String
  ) throws(Failure) -> JudgedMachine {
    guard platform.virtualMachines.count == 1 else {
      throw Failure(
        .usage,
        "--expect \(name): has \(platform.virtualMachines.count) virtual machines; name the tree and the features "
          + "that were built of one")
    }
    let run = try BuildRun(platform, machines: [], lines: SourceLines())
    guard run.isComplete, let machine = run.machines.first else {
      throw Failure(
        .badInput, "\(name): no tree can be built of it; dtgen build says why")
    }
    return machine
  }

  /// What a guest with this kernel would see of it.
  func view(guest: GuestConfiguration?) -> GuestView {
    GuestView(tree: tree, features: features, guest: guest)
  }
}

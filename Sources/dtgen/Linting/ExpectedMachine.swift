import DeviceTree
import GuestView
import PlatformDescription
import PlatformLint
import VMMInterface

/// What `dtgen build` wrote of a machine: its tree, what its devices have to offer, or both as one model.
struct ExpectedMachine {
  private let tree: FlattenedTree
  private var features: DeviceFeatures?
  /// What the file of ``features`` is called.
  private var featuresName = ""

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
      featuresName = name
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
  ///
  /// - Throws: ``Failure`` with status 65 for features of a device that the tree doesn't have.
  func view(guest: GuestConfiguration?) throws(Failure) -> GuestView {
    let view = GuestView(tree: tree, features: features, guest: guest)
    // Features that fit nothing are compared with nothing.
    let devices = Set(view.dmaDevices.map(\.node.path))
    let hosts = Set(view.pciHosts.map(\.node.path))
    for device in features?.devices ?? [] {
      if device.requesterID == nil ? devices.contains(device.node) : hosts.contains(device.node) {
        continue
      }
      // What is disabled has nothing to offer, and does not contradict its features.
      if let node = tree.node(at: device.node), !view.isEnabled(node) { continue }
      let function = device.requesterID.map { "function \(DMADevice.functionName($0)) of " } ?? ""
      throw Failure(
        .badInput,
        "--expect \(featuresName): has features of \(function)\(device.node), which is no device of the expected "
          + "tree; name the tree and the features that were built of one machine")
    }
    return view
  }
}

import DeviceTree
import GuestView
import VMMInterface

/// Reads what a check is given besides trees and tables.
struct CheckInputs {
  let limits: LintLimits

  /// The kernel of this name, or of this configuration; nil where neither is given.
  ///
  /// - Throws: ``Failure`` with status 64 for a name that isn't known, and 65 or 66 for a file that is no
  ///   configuration.
  func guest(named name: String?, file: String?) throws(Failure) -> GuestConfiguration? {
    if let name {
      if let guest = KnownGuest.named(name) { return guest.configuration }
      let known = KnownGuest.all.map(\.name).joined(separator: ", ")
      throw Failure(
        .usage,
        "--guest: the options of '\(name)' aren't known here; those of \(known) are, and --guest-config "
          + "reads any")
    }
    guard let file else { return nil }
    return try ConfigurationFile(file).configuration()
  }

  /// What a file of features says; `-` is standard input.
  ///
  /// - Throws: ``Failure`` with status 65 or 66.
  func features(in file: String) throws(Failure) -> DeviceFeatures {
    let bytes = try InputFile.read(file, limit: PolicyFile.limit)
    let file = InputFile.name(of: file)
    do throws(Failure) {
      let features = try PolicyFile.decode(OfferedFeatures.self, bytes, of: file)
      if let device = features.devices.first(where: { $0.transport == .ccw }) {
        throw Failure(
          .usage,
          "\(file): \(device.node) is a channel device, which no tree and no table tells of, so that there "
            + "is nothing to check it against")
      }
      return features.forCheck
    } catch {
      // What is wrong with it is said in the same words.
      guard error.status == .badConfiguration else { throw error }
      throw Failure(.badInput, error.message)
    }
  }

  /// What the devices of a VMM's command line offer, at the nodes of the one tree among `files`.
  ///
  /// - Throws: ``Failure`` with status 64 for a command line that doesn't say it, and 65 or 66 for a tree
  ///   that can't be read.
  func features(of command: [String], tree files: [String]) throws(Failure) -> DeviceFeatures {
    guard files.count == 1, let file = files.first, file != "-" else {
      throw Failure(
        .usage,
        "a command line goes with one device tree in a file, in which its devices are looked up")
    }
    let bytes = try InputFile.read(file, limit: limits.tree.maximumSize)
    let tree = try FlattenedTree(
      bytes, fileSize: bytes.count, limits: limits.tree, path: file)
    do throws(CommandLineError) {
      let view = GuestView(tree: tree)
      if command.first?.split(separator: "/").last == "crosvm" {
        return try CrosvmCommandLine(command).features(in: view)
      }
      return try QEMUCommandLine(command).features(in: view)
    } catch {
      throw Failure(.usage, "\(error.description)")
    }
  }
}

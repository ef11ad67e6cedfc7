import GuestView
import VMMInterface

/// A VMM that was started with its guest stopped.
protocol GatedVMM {
  /// The process.
  var process: Companion { get }
  /// What its guest would see, and what its devices offer.
  ///
  /// - Throws: ``GateStop``.
  func machine() throws(GateStop) -> GatedMachine
  /// Makes sure that no instruction of the guest has run.
  ///
  /// - Throws: ``GateStop``.
  func requireUnstarted() throws(GateStop)
  /// Lets the guest run.
  ///
  /// - Returns: How the VMM ended, where its guest was so fast that it ended before it answered.
  /// - Throws: ``GateStop`` where it doesn't let it.
  func go() throws(GateStop) -> Child.Ending?
  /// Asks the VMM to end, as far as it can be asked.
  ///
  /// - Returns: Whether it does.
  func quit() -> Bool
}

/// What a VMM has for its guest.
struct GatedMachine {
  /// Its tree; nil for a guest that has none.
  var tree: GivenTree?
  /// Its tables of ACPI, one behind the other; empty for a guest that has none.
  var tables: [UInt8] = []
  /// The firmware that may give the guest its tables alone; nil where it gets the tree.
  var firmware: String?
  /// The command line that its VMM gives the kernel; nil where it gives none, or doesn't say.
  var kernelArguments: String?
  /// The image of its kernel; nil where the VMM loads none, or doesn't say.
  var kernel: String?
  /// What its devices offer, at their nodes in a tree.
  var features: (GuestView) throws(CommandLineError) -> DeviceFeatures
  /// The same, at their devices in tables.
  var featuresUnderACPI: (TablesView) throws(CommandLineError) -> DeviceFeatures = { _ in
    DeviceFeatures(devices: [])
  }
}

/// One boot: a tree, the machine that it is for, and what must be seen.
///
/// A new row of `make boot` is one of these.
struct BootCase {
  /// What the row is called, and its log: `dma/two-pools`, `pci-pool/guest`.
  var name: String
  /// The tree.
  var tree: BootTree
  /// The machine.
  var machine = GuestMachine.virt
  /// Its devices.
  var devices: [GuestDevice]
  /// What must be seen; all of it.
  var expectations: [Prediction]
  /// The rule whose prediction this is; nil for a platform.
  var rule: String?
  /// The same guest without the fault; nil where there is none.
  var twin: TwinKey?
  /// Whether the kernel knows restricted pools.
  var kernelHasPools = true
  /// Whether `dtgen gate qemu` starts the emulator, which then loads kernel and tree by itself.
  var isGated = false
  /// A part of RAM besides those that are loaded: bytes, at an address.
  var loads: [Load] = []
  /// A guest that runs at the same time, and has the file of the machine's shared memory; nil for none.
  var peer: Peer?

  /// Bytes that are put into RAM.
  struct Load: Hashable {
    var bytes: [UInt8]
    var address: UInt64
  }

  /// Why the row is on the list, in the words of the table.
  var prediction: String { expectations.map(\.text).joined(separator: ", ") }

  /// Guests with the same key are booted once.
  struct TwinKey: Hashable {
    var tree: BootTree
    var machine: GuestMachine
    var devices: [GuestDevice]
    var peer: Peer?
  }

  /// A second guest, which has no devices but its tree's.
  struct Peer: Hashable {
    var tree: BootTree
    var machine: GuestMachine
  }
}

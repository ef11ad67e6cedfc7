public import PlatformDescription

/// A virtual machine that its VMM describes: what is left to say is what its devices have to offer.
public struct LoweredOffer: Sendable {
  /// The machine's name.
  public var name: String
  /// The instruction set.
  public var architecture: Architecture
  /// The devices, in the order of the description.
  public var devices: [LoweredDevice]
  /// What follows from what keeps the machine's memory from the host; nil where nothing does.
  public var confidentiality: LoweredConfidentiality?
  /// Why there is neither a tree nor a table.
  public var reason: String { architecture.selfDescription ?? "" }
}

extension VirtualMachine {
  /// Whether its VMM alone says what the machine has, whatever is described: dtgen makes neither a tree nor
  /// tables of it.
  public var isDescribedByVMM: Bool { architecture == .ppc64 || architecture == .s390x }
}

extension Architecture {
  /// How a guest learns what its machine has where that is the VMM's affair; nil where it isn't.
  ///
  /// **Source:** QEMU 7.2 `hw/ppc/spapr.c`, `spapr_build_fdt`; `hw/s390x/css.c`.
  var selfDescription: String? {
    switch self {
    case .ppc64: "QEMU's pseries makes its own tree, and its firmware adds to it"
    case .s390x: "its guest asks the channel subsystem, which has no description"
    case .arm64, .riscv64, .x86_64: nil
    }
  }
}

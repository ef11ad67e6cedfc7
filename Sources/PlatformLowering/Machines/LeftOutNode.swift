public import PlatformDescription

/// A node that a VMM writes and that its machine here has not.
///
/// A guest that isn't told of a device leaves it alone. A description that wants one adds it, with the
/// address and the interrupt that stand here.
public struct LeftOutNode: Sendable, Hashable {
  /// Its path in the VMM's tree.
  public var path: String
  /// Where it is; nil for a node without registers, and where the VMM decides at run time.
  public var at: GuestAddress?
  /// Its interrupt; nil for none, and where the VMM decides at run time.
  public var interrupt: Interrupt?
  /// Why it is left out.
  public var reason: String

  init(
    _ path: String, at: GuestAddress? = nil, interrupt: Interrupt? = nil, because reason: String
  ) {
    self.path = path
    self.at = at
    self.interrupt = interrupt
    self.reason = reason
  }

  static let notForGuests = "the firmware's, not the kernel's"
}

extension Machine {
  /// What the VMM's tree has besides.
  public var leftOut: [LeftOutNode] {
    switch kind {
    case .qemuVirt: QEMUVirt.leftOut
    case .qemuVirtRISCV64: QEMUVirtRISCV64.leftOut
    case .crosvm: Crosvm.leftOut
    case .firecracker: Firecracker.leftOut
    case .cloudHypervisor: CloudHypervisor.leftOut
    case .kvmtool: Kvmtool.leftOut
    }
  }
}

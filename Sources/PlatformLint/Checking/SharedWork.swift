import DeviceTree
import GuestView

/// What several rules need of one tree, made for the first that asks.
final class SharedWork {
  private let view: GuestView

  init(_ view: GuestView) { self.view = view }

  /// The lists of references.
  private(set) lazy var references = ReferenceProperties.survey(view)

  /// The interrupts that more than one node has.
  private(set) lazy var sharedInterrupts = SharedInterrupts.all(in: view)

  /// The IOMMUs that somebody refers to and that are of no use.
  private(set) lazy var lostIOMMUs = LostIOMMUs.all(in: view)

  /// What the domains of Xen share.
  private(set) lazy var xenDomains = XenDomains(view)

  /// The `interrupt-map` of every enabled nexus.
  private(set) lazy var interruptMaps = InterruptMaps.all(in: view)
}

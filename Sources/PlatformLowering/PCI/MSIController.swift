import PlatformDescription

/// What takes the message-signalled interrupts of a machine.
enum MSIController {
  /// An ITS, which tells devices apart: one cell names one.
  case its
  /// A frame of a GICv2, which doesn't.
  case frame

  /// The first one of `elements`.
  init?(_ elements: [Element]) {
    for element in elements {
      switch element {
      case .gicv3(let gic) where !gic.its.isEmpty:
        self = .its
        return
      case .gicv2(let gic) where !gic.frames.isEmpty:
        self = .frame
        return
      default: continue
      }
    }
    return nil
  }

  /// What `msi-parent` has to say behind the phandle.
  var parentSpecifier: [DraftCell] {
    switch self {
    case .its: [.number(0)]
    case .frame: []
    }
  }
}

extension MachineLowering {
  /// Sets `msi-map` or `msi-parent` of a host.
  ///
  /// An ITS of several hosts has to tell their functions apart, so each gets 65,536 IDs of its own.
  ///
  /// **Source:** kernel binding `pci/pci-msi.txt`; Linux `drivers/of/irq.c`, `of_msi_get_domain`.
  mutating func setMSI(of host: PCIHostBridge, domain: Int, _ node: inout DraftNode) {
    guard host.msi != .off else { return }
    guard let controller = msiController else {
      if host.msi != nil {
        mistake(
          "description/no-msi-controller",
          "nothing in '\(machine.name)' takes message-signalled interrupts",
          at: host.declaration.location,
          help: "put an ITS into the braces of the GICv3 or a GICv2M into those of the GICv2, or "
            + "leave 'msi:' out")
      }
      return
    }
    if host.msi == .parent {
      node.set("msi-parent", .cells([.phandle(.msi(0))] + controller.parentSpecifier))
    } else {
      node.set(
        "msi-map",
        .cells([
          .number(0), .phandle(.msi(0)), .number(UInt32(domain) << 16), .number(0x10000),
        ]))
    }
  }
}

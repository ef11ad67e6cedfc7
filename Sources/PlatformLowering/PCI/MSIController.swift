import PlatformDescription

/// What takes the message-signalled interrupts of a machine.
enum MSIController {
  /// An ITS, which tells devices apart: one cell names one.
  case its
  /// A frame of a GICv2, which doesn't.
  case frame
  /// The interrupt files of supervisor mode: which of them a message is for is in its address.
  case imsic

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
      case .imsic(let imsic) where imsic.mode == .supervisor:
        self = .imsic
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
    case .frame, .imsic: []
    }
  }

  /// Its node.
  var target: Target {
    switch self {
    case .its, .frame: .msi(0)
    case .imsic: .imsic(.supervisor)
    }
  }

  /// How a host that doesn't say refers to it, as VMMs do.
  var usual: PCIHostBridge.MSI {
    switch self {
    case .its, .frame: .map
    case .imsic: .parent
    }
  }
}

extension MachineLowering {
  /// Sets `msi-map` or `msi-parent` of a host.
  ///
  /// An ITS of several hosts has to tell their functions apart, so each gets 65,536 IDs of its own.
  ///
  /// **Source:** kernel binding `pci/pci-msi.txt`; Linux `drivers/of/irq.c`, `of_msi_get_domain`; QEMU
  /// 7.2 `hw/riscv/virt.c`, `create_fdt_pcie`.
  mutating func setMSI(of host: PCIHostBridge, domain: Int, _ node: inout DraftNode) {
    guard host.msi != .off else { return }
    guard let controller = msiController else {
      if host.msi != nil {
        mistake(
          "description/no-msi-controller",
          "nothing in '\(machine.name)' takes message-signalled interrupts",
          at: host.declaration.location,
          help: architecture == .arm64
            ? "put an ITS into the braces of the GICv3 or a GICv2M into those of the GICv2, or "
              + "leave 'msi:' out"
            : "add an IMSIC of supervisor mode, or leave 'msi:' out")
      }
      return
    }
    if (host.msi ?? controller.usual) == .parent {
      node.set(
        "msi-parent", .cells([.phandle(controller.target)] + controller.parentSpecifier))
    } else {
      node.set(
        "msi-map",
        .cells([
          .number(0), .phandle(controller.target), .number(UInt32(domain) << 16), .number(0x10000),
        ]))
    }
  }
}

import DeviceTree
import PlatformDescription

extension MachineLowering {
  /// A row's child: a function's address and the pin, 1 for INTA.
  private static func child(_ configurationCell: UInt32, pin: Int) -> [DraftCell] {
    [.number(configurationCell), .number(0), .number(0), .number(UInt32(pin))]
  }

  /// A row's parent: the controller, its address, which no controller looks at, and the interrupt.
  private mutating func parent(
    _ interrupt: Interrupt, _ controller: InterruptController, at location: SourceLocation?
  ) -> [DraftCell] {
    [.phandle(.interruptController)]
      + Array(repeating: .number(0), count: controller.addressCells)
      + specifier(interrupt, at: location).map { .number($0) }
  }

  /// Notes where the pin of a slot leads by itself.
  mutating func note(
    _ interrupt: Interrupt, ofSlot slot: Int, on bus: PCIBusDraft, of host: inout PCIHostDraft,
    at location: SourceLocation?
  ) {
    if let first = host.firstInterrupt {
      mistake(
        "description/stated-twice",
        "the pins of this host lead to interrupts from "
          + "\(first.kind.rawValue.uppercased()) \(first.number) on, by slot",
        at: location, help: "leave 'interrupt:' out, or 'firstInterrupt:' of the host",
        related: [.init("the host is here", at: host.noun.declaration.location)])
    } else if !bus.isRoot {
      mistake(
        "description/misplaced",
        "a pin behind a bridge is another one in front of it, so that no interrupt is its own",
        at: location, help: "say 'firstInterrupt:' in the host")
    } else if let other = host.slotInterrupts.first(where: { $0.slot == slot }) {
      // The mask leaves functions out: those of a device share INTA.
      guard other.interrupt != interrupt else { return }
      mistake(
        "description/stated-twice", "the functions of slot \(slot) share one interrupt",
        at: location, help: "give both the same",
        related: [.init("it has another one here", at: other.location)])
    } else {
      host.slotInterrupts.append((slot, interrupt, location))
    }
  }

  /// Notes where the pin of a slot leads on a machine that gives interrupts away: functions of a device
  /// share one.
  mutating func giveInterrupt(
    toSlot slot: Int, on bus: PCIBusDraft, of host: inout PCIHostDraft,
    at location: SourceLocation?
  ) {
    guard bus.isRoot, !host.slotInterrupts.contains(where: { $0.slot == slot }),
      let interrupt = host.deviceInterrupts?.take()
    else { return }
    host.slotInterrupts.append((slot, interrupt, location))
  }

  /// Sets `interrupt-map`: the pins rotate over four interrupts, or each slot has its own.
  ///
  /// **Source:** PCI Local Bus Specification 3.0, section 2.2.6 (an implementation note gives the
  /// rotation); QEMU `hw/arm/virt.c`, `create_pcie_irq_map`; crosvm `aarch64/src/fdt.rs`,
  /// `create_pci_nodes`.
  mutating func setInterruptMap(of host: PCIHostDraft, _ node: inout DraftNode) {
    let location = host.noun.declaration.location
    guard host.firstInterrupt != nil || !host.slotInterrupts.isEmpty else { return }
    guard let controller = interruptController else {
      reportNoInterruptController(at: location)
      return
    }
    var rows: [DraftCell] = []
    if let first = host.firstInterrupt {
      for slot in 0..<4 {
        for pin in 0..<4 {
          rows += Self.child(UInt32(slot) << 11, pin: pin + 1)
          rows += parent(first + (slot + pin) % 4, controller, at: location)
        }
      }
    }
    for entry in host.slotInterrupts.sorted(by: { $0.slot < $1.slot }) {
      rows += Self.child(UInt32(entry.slot) << 11, pin: 1)
      rows += parent(entry.interrupt, controller, at: entry.location)
    }
    set(rows, mask: host.firstInterrupt == nil ? 0xf800 : 0x1800, of: &node)
  }

  /// Sets the `interrupt-map` of a bridge: the pins rotate by slot once more, up to its own pins.
  ///
  /// Without one Linux would look for a function behind the bridge in the map of the host, as if it
  /// were on the host's bus.
  ///
  /// **Source:** PCI-to-PCI Bridge Architecture Specification 1.2, section 9.1; Linux
  /// `drivers/pci/of.c`, `of_irq_parse_pci`.
  mutating func setInterruptMap(
    ofBridgeAt address: PCIAddress, behind bus: PCIBusDraft, _ node: inout DraftNode
  ) {
    var rows: [DraftCell] = []
    for slot in 0..<4 {
      for pin in 0..<4 {
        rows += Self.child(UInt32(slot) << 11, pin: pin + 1)
        rows += [.phandle(bus.parent)]
        rows += Self.child(address.configurationCell, pin: (slot + pin) % 4 + 1)
      }
    }
    set(rows, mask: 0x1800, of: &node)
  }

  private func set(_ rows: [DraftCell], mask: UInt32, of node: inout DraftNode) {
    node.set("#interrupt-cells", .u32(1))
    node.set("interrupt-map-mask", .cells([mask, 0, 0, 7]))
    node.set("interrupt-map", .cells(rows))
  }
}

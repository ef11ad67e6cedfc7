import DeviceTree
import Diagnostics
import GuestView

/// A GICv2m frame has interrupts that there are, and that no device has besides.
enum MSIFrameMalformed: Rule {
  static let id = "guest/msi-frame-malformed"
  static let severity = Severity.error
  static let summary = "a GICv2m frame lacks msi-controller, or has interrupts that it can't have"
  static let rationale = """
    The frame turns messages into shared interrupts of its GIC, from arm,msi-base-spi on as many as \
    arm,msi-num-spis says: IDs from 32 to 1018. Where one frame has others, the driver drops all \
    frames. A frame without msi-controller is passed over.
    """
  static let consequence = "functions of PCI have no message-signalled interrupts"
  static let logLine: String? = "GICv2m: Number of SPIs"
  static let help = "write msi-controller, and interrupt IDs of the VMM that no device has"
  static let exceptions = """
    A warning where a device has one of the interrupts as its own: the frame gives out the first ones first.
    """
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v2m.c", "gicv2m_of_init", "is_msi_spi_valid"),
    .binding("interrupt-controller/arm,gic.yaml"),
  ]
  static let good = [Example(example("<64>;", "<32>;"))]
  static let bad = [
    Example(example("<1000>;  // finding", "<64>;")),
    Example(example("<16>;  // finding", "<8>;")),
    Example(example("<40>;  // finding", "<32>;")),
    Example(example("<64>;", "<32>;", controller: "", mark: "  // finding")),
  ]

  private static func example(
    _ first: String, _ count: String, controller: String = "msi-controller;", mark: String = ""
  ) -> String {
    """
    &gic {
      compatible = "arm,cortex-a15-gic";
      #address-cells = <2>;
      #size-cells = <2>;
      ranges;
      reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x8010000 0x0 0x10000>;
      v2m@8020000 {\(mark)
        compatible = "arm,gic-v2m-frame";
        reg = <0x0 0x8020000 0x0 0x1000>;
        \(controller)
        arm,msi-base-spi = \(first)
        arm,msi-num-spis = \(count)
      };
    };
    """
  }

  /// **Source:** Linux `drivers/irqchip/irq-gic-v2m.c`, `V2M_MIN_SPI`, `V2M_MAX_SPI`.
  private static let lowest: UInt64 = 32
  private static let limit: UInt64 = 1019

  /// How many frames are held against devices: a tree of any use has a few.
  private static let mostFrames = 16

  static func check(_ view: GuestView, _ report: inout Reporter) {
    var frames: [(first: FlattenedTree.Property, ids: Range<UInt64>, gic: Int)] = []
    for node in view.nodes(compatibleWith: "arm,gic-v2m-frame") where view.isEnabled(node) {
      guard node.has("msi-controller") else {
        report(
          "the frame has no msi-controller", at: .node(node), expected: "msi-controller",
          log: .nothing)
        continue
      }
      // Where one is missing or 0, the registers of the frame say it.
      guard let base = node.property("arm,msi-base-spi"), let first = base.cell(0), first > 0,
        let count = node.property("arm,msi-num-spis")?.cell(0), count > 0
      else { continue }
      let end = UInt64(first) + UInt64(count)
      guard UInt64(first) >= lowest, end <= limit else {
        report(
          "there are no such interrupts for messages", at: .property(base),
          found: "IDs \(first) to \(end - 1)", expected: "IDs from \(lowest) to \(limit - 1)",
          log: UInt64(first) >= lowest ? .ofRule : .line("GICv2m: Invalid MSI base SPI"))
        continue
      }
      if let gic = node.parent, frames.count < mostFrames {
        frames.append((base, UInt64(first)..<end, gic.index))
      }
    }
    guard !frames.isEmpty else { return }
    var told: Set<Int> = []
    view.visitEnabledInterrupts { property, index, cells, controller in
      guard let frame = frames.firstIndex(where: { $0.gic == controller }),
        let gic = GICInterrupt(property, at: cells.lowerBound, count: cells.count),
        gic.kind == .spi, frames[frame].ids.contains(gic.interruptID),
        told.insert(frame).inserted
      else { return }
      report(
        "a device has one of the frame's interrupts as its own",
        at: .property(frames[frame].first), found: gic.name,
        expected: "interrupts that no device has",
        related: [Party("has the interrupt", at: .element(property, index, cells: cells))],
        severity: .warning, log: .nothing)
    }
  }
}

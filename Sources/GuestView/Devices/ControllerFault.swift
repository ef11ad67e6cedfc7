public import DeviceTree

/// Why no interrupt can be had from an interrupt controller.
public struct ControllerFault: Sendable {
  /// What is wrong with it.
  public enum Kind: Sendable, Hashable {
    /// It, or a node above it, is disabled.
    case disabled
    /// No driver knows it.
    case unknown
  }

  /// The controller at fault, which may be one that the asked one hangs on.
  public let node: FlattenedTree.Node
  /// What is wrong with it.
  public let kind: Kind
}

/// The interrupt controllers at the root of a tree of interrupts that Linux 6.12 has drivers for.
enum ControllerDrivers {
  /// How many controllers may hang on one another: a cycle has no end of its own.
  private static let longestChain = 8

  /// Why no interrupt can be had from `controller`; nil where nothing speaks against it.
  ///
  /// A driver that chains a controller of its own to another one can be of any kind, so only those
  /// that hang on no other one, or on a CPU's own, are held against the list; and so can one that
  /// turns interrupts into messages, or the pins of a PCI host into interrupts.
  ///
  /// **Source:** Linux `drivers/of/irq.c`, `of_irq_init`, `of_irq_get`.
  static func fault(
    of controller: FlattenedTree.Node, _ topology: Topology
  ) -> ControllerFault? {
    var node = controller
    for _ in 0..<longestChain {
      guard topology[node].isEnabled else { return ControllerFault(node: node, kind: .disabled) }
      // A nexus hands on what it gets.
      guard !node.has("interrupt-map") else { return nil }
      let next = topology.interrupts(of: node).first?.controller
      // An APLIC with msi-parent has no interrupts of its own: it sends messages to an IMSIC.
      if node.isCompatible("riscv,aplic"),
        let messages = node.property("msi-parent")?.cell(0).flatMap(topology.phandles.node(for:))
      {
        node = messages
        continue
      }
      // A GIC's own interrupt goes to itself.
      guard let next, next != node else {
        let isRoot =
          !topology[node].isPCI && (!node.has("msi-parent") || feedsIMSIC(node, topology))
        return !isRoot || isKnown(node) ? nil : ControllerFault(node: node, kind: .unknown)
      }
      if next.isCompatible("riscv,cpu-intc"), !isKnown(node) {
        return ControllerFault(node: node, kind: .unknown)
      }
      node = next
    }
    return nil
  }

  /// Whether `node` sends its messages to an IMSIC, which only an APLIC does.
  private static func feedsIMSIC(_ node: FlattenedTree.Node, _ topology: Topology) -> Bool {
    node.property("msi-parent")?.cell(0).flatMap(topology.phandles.node(for:))?
      .isCompatible("riscv,imsics") ?? false
  }

  private static func isKnown(_ node: FlattenedTree.Node) -> Bool {
    guard let compatible = node.property("compatible") else { return false }
    return compatibles.contains { compatible.listsCompatible($0) }
  }

  /// **Source:** Linux `drivers/irqchip`, `IRQCHIP_DECLARE`, `IRQCHIP_MATCH` and, for RISC-V,
  /// `of_device_id` tables: those for arm, arm64, LoongArch and RISC-V that need no parent.
  private static let compatibles = [
    "allwinner,sun20i-d1-plic", "allwinner,sun4i-a10-ic", "allwinner,suniv-f1c100s-ic",
    "alphascale,asm9260-icoll", "andestech,cpu-intc", "andestech,nceplic100", "apple,aic",
    "apple,aic2", "arm,arm1176jzf-devchip-gic", "arm,arm11mp-gic", "arm,armv7m-nvic",
    "arm,cortex-a15-gic", "arm,cortex-a7-gic", "arm,cortex-a9-gic", "arm,eb11mp-gic",
    "arm,gic-400", "arm,gic-v3", "arm,pl190-vic", "arm,pl192-vic", "arm,pl390",
    "arm,tc11mp-gic", "arm,versatile-fpga-irq", "arm,versatile-vic", "aspeed,ast2400-vic",
    "aspeed,ast2500-vic", "atmel,at91rm9200-aic", "atmel,sama5d2-aic", "atmel,sama5d3-aic",
    "atmel,sama5d4-aic", "brcm,bcm2835-armctrl-ic", "brcm,bcm2836-l1-intc",
    "cirrus,ep7209-intc", "cnxt,cx92755-ic", "cortina,gemini-interrupt-controller",
    "faraday,ftintc010", "fsl,icoll", "hisilicon,hip04-intc", "intel,ixp42x-interrupt",
    "intel,ixp43x-interrupt", "intel,ixp45x-interrupt", "intel,ixp46x-interrupt",
    "loongson,cpu-interrupt-controller", "lsi,zevio-intc", "marvell,mmp3-intc", "marvell,mpic",
    "marvell,orion-intc", "microchip,sam9x60-aic", "moxa,moxart-ic", "mrvl,mmp-intc",
    "mrvl,mmp2-intc", "nuvoton,wpcm450-aic", "nxp,lpc3220-mic", "qcom,msm-8660-qgic",
    "qcom,msm-qgic2", "rda,8810pl-intc", "riscv,aplic", "riscv,cpu-intc", "riscv,imsics",
    "riscv,plic0", "sifive,plic-1.0.0", "snps,dw-apb-ictl", "sunplus,sp7021-intc",
    "thead,c900-plic", "ti,am33xx-intc", "ti,cp-intc", "ti,dm814-intc", "ti,dm816-intc",
    "ti,omap2-intc", "ti,omap3-intc", "via,vt8500-intc",
  ]
}

/// The faults of controllers, each looked for once.
final class ControllerFaultCache {
  // Looked up by the controller's index, never walked.
  private var known: [Int: ControllerFault?] = [:]

  func fault(of controller: FlattenedTree.Node, _ topology: Topology) -> ControllerFault? {
    if let fault = known[controller.index] { return fault }
    let fault = ControllerDrivers.fault(of: controller, topology)
    known[controller.index] = .some(fault)
    return fault
  }
}

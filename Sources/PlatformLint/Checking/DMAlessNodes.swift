import DeviceTree
import GuestView

/// Nodes of which it is known that nothing of theirs does DMA through the kernel's DMA API.
enum DMAlessNodes {
  /// Whether `node` is one; what is not known may do DMA.
  ///
  /// A pool on a bus or a bridge is not handed on: a device looks in its own node, and one of PCI in
  /// that of its host.
  ///
  /// **Source:** Linux `drivers/of/device.c`, `of_dma_set_restricted_buffer`;
  /// `drivers/pci/pci-driver.c`, `pci_dma_configure`.
  static func contain(_ node: FlattenedTree.Node, _ view: GuestView) -> Bool {
    guard var top = node.parent else { return true }
    if view.isPCI(top) { return node.property("device_type")?.isString("pci") ?? false }
    var child = node
    while let above = top.parent { (child, top) = (top, above) }
    if folders.contains(where: { child.hasBaseName($0) }) { return true }
    guard let strings = node.property("compatible")?.strings, let first = strings.first else {
      return false
    }
    return first != primecell && strings.allSatisfy { $0 == primecell || compatibles.contains($0) }
  }

  /// Children of the root in which there are no devices that do DMA.
  private static let folders = ["aliases", "chosen", "cpus", "memory", "reserved-memory"]

  private static let primecell = "arm,primecell"

  /// Interrupt controllers, timers, serial ports and the like.
  ///
  /// The driver of QEMU's firmware interface hands out addresses without asking the DMA API.
  ///
  /// **Source:** Linux: their drivers call nothing of `include/linux/dma-mapping.h` for their own
  /// device; `drivers/firmware/qemu_fw_cfg.c`, `fw_cfg_dma_transfer`.
  private static let compatibles: Set<String> = [
    "arm,amba-bus", "arm,armv7-timer", "arm,armv7-timer-mem", "arm,armv8-pmuv3", "arm,armv8-timer",
    "arm,cortex-a15-gic", "arm,cortex-a7-gic", "arm,cortex-a9-gic", "arm,gic-400",
    "arm,gic-v2m-frame", "arm,gic-v3", "arm,gic-v3-its", "arm,pl011", "arm,pl031", "arm,pl050",
    "arm,pl061", "arm,psci", "arm,psci-0.2", "arm,psci-1.0", "arm,sbsa-uart", "arm,sp804",
    "arm,sp805", "cfi-flash", "fixed-clock", "fixed-factor-clock", "google,goldfish-rtc",
    "gpio-keys", "gpio-leds", "gpio-poweroff", "gpio-restart", "isa", "microsoft,vmgenid",
    "ns16550", "ns16550a", "qemu,fw-cfg-mmio", "regulator-fixed", "riscv,aplic", "riscv,clint0",
    "riscv,cpu-intc", "riscv,imsics", "riscv,plic0", "sifive,clint0", "sifive,plic-1.0.0",
    "sifive,test0", "sifive,test1", "simple-bus", "simple-mfd", "simple-pm-bus", "syscon",
    "syscon-poweroff", "syscon-reboot",
  ]
}

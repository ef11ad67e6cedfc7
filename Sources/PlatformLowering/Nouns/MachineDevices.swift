import DeviceTree
import PlatformDescription

/// Devices through which a guest and its VMM speak about the machine itself.
extension MachineLowering {
  mutating func node(for noun: FwCfg) -> DraftNode {
    // The selector, the data and the address of DMA: QEMU hw/nvram/fw_cfg.c, fw_cfg_mem_realize.
    var node = device("fw-cfg", ["qemu,fw-cfg-mmio"], at: noun.at, size: .bytes(0x18), for: noun)
    node.set("dma-coherent", .empty)
    finish(&node)
    return node
  }

  mutating func node(for noun: Flash) -> DraftNode? {
    guard let first = noun.banks.first else {
      mistake(
        "description/no-place", "flash memory has at least one bank",
        at: noun.declaration.location, help: "say where it lies: 'banks: [AddressRange(…)]'")
      return nil
    }
    var node = DraftNode(
      "flash", at: first.at, declaration: noun.declaration, target: Target(noun))
    node.set("compatible", .string("cfi-flash"))
    node.set("reg", reg: noun.banks.map { ($0.at, $0.size) })
    set("bank-width", number: noun.bankWidth, of: [1, 2, 4], node: &node)
    finish(&node)
    return node
  }

  mutating func node(for noun: TPMTIS) -> DraftNode {
    // Five localities of a page each: TCG PC Client Platform TPM Profile, section 6.2.
    var node = device(names.tpm, ["tcg,tpm-tis-mmio"], at: noun.at, size: .kib(20), for: noun)
    setInterrupts(noun.interrupt, of: &node, at: noun.declaration.location)
    finish(&node)
    return node
  }

  mutating func node(for noun: VCPUStallDetector) -> DraftNode {
    var node = device(
      "vmwdt", ["qemu,vcpu-stall-detector"], at: noun.at, size: noun.size, for: noun)
    set("clock-frequency", number: noun.clockFrequency, in: 1...Int(UInt32.max), of: &node)
    set("timeout-sec", number: noun.timeoutSec, in: 1...Int(UInt32.max), of: &node)
    setInterrupts(noun.interrupt, of: &node, at: noun.declaration.location)
    finish(&node)
    return node
  }

  mutating func node(for noun: GoldfishBattery) -> DraftNode {
    var node = device(
      "battery", ["google,goldfish-battery"], at: noun.at, size: .kib(4), for: noun)
    setInterrupts([noun.interrupt], of: &node, at: noun.declaration.location)
    finish(&node)
    return node
  }

  mutating func node(for noun: VMGenID) -> DraftNode {
    var node = device("vmgenid", ["microsoft,vmgenid"], at: noun.at, size: .bytes(16), for: noun)
    setInterrupts([noun.interrupt], of: &node, at: noun.declaration.location)
    finish(&node)
    return node
  }

  private mutating func setInterrupts(
    _ interrupt: Interrupt?, of node: inout DraftNode, at location: SourceLocation?
  ) {
    if let interrupt { setInterrupts([interrupt], of: &node, at: location) }
  }
}

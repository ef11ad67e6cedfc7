import DeviceTree
import Diagnostics
import GuestView

/// A tree moves none of QEMU's devices.
enum DeviceElsewhere: TargetRule {
  static let id = "qemu/device-elsewhere"
  static let profile: TargetName? = .qemuVirt
  static let severity = Severity.error
  static let summary = "a device of the machine virt is not where the tree says"
  static let rationale = """
    With -dtb QEMU shows the guest another tree, and the machine stays the same: its interrupt controller, UART, clock \
    and transports have fixed addresses.
    """
  static let consequence = "the driver finds no device at the address, or an abort ends the boot"
  static let help =
    "use the addresses of the machine, which its own tree has (-machine dumpdtb=file)"
  static let exceptions =
    "Devices that the machine virt doesn't have, and those behind a bus with ranges that move them."
  static let sources = [Source.qemu("hw/arm/virt.c", "base_memmap", "extended_memmap")]
  static let good = [
    Example(
      """
      &disk {
        status = "okay";
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        virtio@a004000 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa004000 0x0 0x200>;  // finding
          interrupts = <0 48 1>;
          dma-coherent;
          memory-region = <&bounce>;
        };
      };
      """),
    Example(
      in: .bare,
      """
      / {
        /delete-node/ serial@9000000;

        serial: serial@9100000 {
          compatible = "arm,pl011", "arm,primecell";
          reg = <0x0 0x9100000 0x0 0x1000>;  // finding
          interrupts = <0 1 4>;
          clocks = <&clock>, <&clock>;
          clock-names = "uartclk", "apb_pclk";
        };
      };

      &chosen {
        stdout-path = "/serial@9100000";
      };
      """),
  ]

  /// Where the machine has its devices, by what their nodes are compatible with.
  private static let places: [(compatible: String, addresses: [UInt64])] = [
    ("arm,cortex-a15-gic", [0x0800_0000]), ("arm,gic-400", [0x0800_0000]),
    ("arm,gic-v3", [0x0800_0000]),
    // The second is the secure world's, and since 9.1 that of another -serial.
    ("arm,pl011", [0x0900_0000, 0x0904_0000]), ("arm,pl031", [0x0901_0000]),
    ("qemu,fw-cfg-mmio", [0x0902_0000]), ("arm,pl061", [0x0903_0000, 0x090b_0000]),
    ("arm,smmu-v3", [0x0905_0000]), ("pci-host-ecam-generic", [0x3f00_0000, 0x40_1000_0000]),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (compatible, addresses) in places {
      for node in view.nodes(compatibleWith: compatible) where view.isEnabled(node) {
        check(node, view, &report, isThere: addresses.contains) {
          addresses.map(\.hex).joined(separator: " or ")
        }
      }
    }
    for device in view.virtioMMIO {
      check(device.node, view, &report, isThere: { VirtSlot(at: $0) != nil }) {
        "one of 32 slots of 0x200 bytes from \(VirtSlot.first.hex) on"
      }
    }
  }

  private static func check(
    _ node: FlattenedTree.Node, _ view: GuestView, _ report: inout Reporter,
    isThere: (UInt64) -> Bool, _ expected: () -> String
  ) {
    // The high host bridge moves with the memory, beyond 255 GiB of it.
    guard let entry = view.registers(of: node).first, let range = entry.range,
      range.first < 1 << 39, !isThere(range.first)
    else { return }
    report(
      "the machine has the device elsewhere",
      at: .element(entry.property, entry.index, cells: entry.cells), found: range.first.hex,
      expected: expected())
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// Every CPU needs a redistributor.
enum RedistributorsTooSmall: Rule {
  static let id = "guest/redistributors-too-small"
  static let severity = Severity.error
  static let summary = "the redistributor regions of the GICv3 have no room for every CPU"
  static let rationale = """
    Each CPU has a redistributor of two frames of 64 KiB, through which its timer and all its \
    interrupts come. The kernel walks along the redistributors until one says that it is the last, \
    and not until the region ends. Where each region ends with a last one, a CPU that finds none of its \
    own does not start.
    """
  static let consequence =
    "the kernel reads past the region and panics, or the CPUs without one of their own stay off"
  static let logLine: String? = "Unable to handle kernel paging request at virtual address"
  static let help = "make the region 128 KiB for each CPU, or describe fewer CPUs"
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3.c", "gic_iterate_rdists", "gic_populate_rdist"),
    .binding("interrupt-controller/arm,gic-v3.yaml"),
    .observed("room for one of two: a page fault in gic_iterate_rdists"),
  ]
  static let silencedBy: [any Rule.Type] = [GICMalformed.self]
  static let good = [Example(example("0x40000", ""))]
  static let bad = [Example(example("0x20000", "  // finding"))]

  private static func example(_ size: String, _ marker: String) -> String {
    """
    &gic {
      reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80a0000 0x0 \(size)>;\(marker)
    };
    / {
      cpus {
        cpu@1 {
          device_type = "cpu";
          compatible = "arm,cortex-a57";
          reg = <1>;
          enable-method = "psci";
        };
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let count = view.cpus.count
    for gic in GICv3.all(in: view) where gic.registers.count > gic.regionCount {
      let stride = gic.node.property("redistributor-stride").flatMap {
        $0.number(at: 0, cells: $0.cellCount)
      }
      let each = max(stride ?? 0, GICv3.redistributorSize)
      // Sizes that don't fit into 64 bits have room enough.
      let room = gic.redistributors.reduce(UInt128(0)) {
        $0 + UInt128(($1.size ?? .max) / each)
      }
      guard room < UInt128(count), let first = gic.redistributors.first else { continue }
      report(
        "there is room for \(room) redistributors and there are \(count) CPUs",
        at: .cells(first.property, first.sizeCells, "reg[1].size"),
        found: first.size.map(ByteText.hexAndSize),
        expected: "\(ByteText.size(UInt128(count) * UInt128(each))) for \(count) CPUs")
    }
  }
}

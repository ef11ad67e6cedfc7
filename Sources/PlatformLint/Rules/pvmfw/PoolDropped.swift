import DeviceTree
import Diagnostics
import GuestView

/// pvmfw knows one restricted pool.
enum PoolDropped: TargetRule {
  static let id = "pvmfw/pool-dropped"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.error
  static let summary = "there is a second restricted pool"
  static let rationale = """
    The firmware reads the first restricted pool and writes it into a tree that has one, which its PCI host refers to. What \
    other pools the VMM meant, the guest isn't told.
    """
  static let consequence = "the guest has the first pool alone, and all devices bounce through it"
  static let help = "describe one pool, large enough for all devices"
  static let sources = [
    Source.program("Android libs/libvmbase", "src/fdt.rs, SwiotlbInfo::new_from_fdt"),
    .pvmfw("platform.dts"),
  ]
  static let good = [
    Example(
      in: .protected,
      "&reserved {\n  heap@90000000 {\n    reg = <0x0 0x90000000 0x0 0x100000>;\n  };\n};")
  ]
  static let bad = [
    Example(
      in: .protected,
      """
      &reserved {
        second: pool@9d000000 {  // finding
          compatible = "restricted-dma-pool";
          reg = <0x0 0x98000000 0x0 0x400000>;
        };
      };

      &pci {
        disk@1,0 {
          reg = <0x800 0 0 0 0>;
          memory-region = <&second>;
        };
      };
      """
      .replacing("pool@9d000000", with: "pool@98000000"))
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let pools = PVMFW(view).nodes("restricted-dma-pool")
    guard let first = pools.first else { return }
    for pool in pools.dropFirst() {
      report(
        "pvmfw drops this pool", at: .node(pool),
        related: [Party("is the pool that it takes", at: .node(first))])
    }
  }
}

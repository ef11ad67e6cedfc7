import DeviceTree
import Diagnostics
import GuestView

/// The pool of crosvm's PCI host is what --swiotlb makes.
enum CrosvmPoolDiffers: TargetRule {
  static let id = "crosvm/pool-differs"
  static let profile: TargetName? = .crosvm
  static let severity = Severity.error
  static let summary = "the pool of the PCI host is not one that --swiotlb makes"
  static let rationale = """
    The VMM makes one restricted pool, of the MiB that --swiotlb says. Where the hypervisor needs to know its place, as \
    Gunyah and GenieZone do, it ends where memory ends; elsewhere it has no address, and the guest's kernel places it.
    """
  static let consequence = "the guest has another pool than the tree says"
  static let help = "describe whole MiB without an address, or at the end of memory"
  static let exceptions = "Pools of other devices, which an overlay may bring."
  static let sources = [
    Source.crosvm("aarch64/src/lib.rs", "get_swiotlb_addr"),
    .crosvm("aarch64/src/fdt.rs", "create_fdt"), .crosvm("src/crosvm/cmdline.rs", "swiotlb"),
  ]
  static let good = [
    Example(
      in: .protected,
      """
      &reserved {
        /delete-node/ restricted_dma_reserved@9c000000;

        swiotlb: restricted_dma_reserved {
          compatible = "restricted-dma-pool";
          size = <0x0 0x4000000>;
          alignment = <0x0 0x40000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      in: .protected, pool("  // finding", at: "9bfc0000", size: "4040000")),
    Example(in: .protected, pool("  // finding", at: "90000000", size: "4000000")),
  ]

  private static func pool(_ marker: String, at address: String, size: String) -> String {
    """
    &reserved {
      /delete-node/ restricted_dma_reserved@9c000000;

      swiotlb: restricted_dma_reserved@\(address) {
        compatible = "restricted-dma-pool";
        reg = <0x0 0x\(address) 0x0 0x\(size)>;\(marker)
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64,
      let host = view.pciHosts.first(where: \.isEnabled)?.node,
      let named = host.property("memory-region").map({ view.references(in: $0).first ?? nil })
    else { return }
    for pool in view.restrictedPools where pool.node == named {
      check(pool, view, &report)
    }
  }

  private static func check(
    _ pool: ReservedRegion, _ view: GuestView, _ report: inout Reporter
  ) {
    let property = pool.node.property("reg") ?? pool.node.property("size")
    let spot = property.map(Spot.property) ?? .node(pool.node)
    let size = pool.range.map { $0.last - $0.first &+ 1 } ?? pool.dynamic?.size ?? 0
    if size % Crosvm.poolUnit != 0 {
      report(
        "crosvm makes pools of whole MiB", at: spot, found: ByteText.hexAndSize(size),
        expected: "a multiple of \(ByteText.hexAndSize(Crosvm.poolUnit))")
    } else if let range = pool.range,
      let bank = view.memory.first(where: {
        $0.range.first <= range.first && range.last <= $0.range.last
      }), range.last != bank.range.last
    {
      report(
        "crosvm puts a pool at the end of memory", at: spot, found: range.first.hex,
        expected: (bank.range.last - (range.last - range.first)).hex)
    }
  }
}

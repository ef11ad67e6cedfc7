import DeviceTree
import Diagnostics
import GuestView

/// Firecracker reserves no memory for anybody.
enum FirecrackerPoolNotWritten: TargetRule {
  static let id = "firecracker/pool-not-written"
  static let profile: TargetName? = .firecracker
  static let severity = Severity.error
  static let summary =
    "a region of memory is reserved, which Firecracker never writes, and no device would use a pool"
  static let rationale = """
    The tree of a release has no /reserved-memory, and nothing can add it. Nor does any of Firecracker's devices offer \
    VIRTIO_F_ACCESS_PLATFORM, without which Linux uses no pool, whatever the tree says. A branch had both, as a proof \
    of concept.
    """
  static let consequence =
    "the guest has no such region, and the DMA of its devices may go anywhere in memory"
  static let help =
    "confine devices in another VMM, or patch Firecracker for both, as pull request 5108 did"
  static let exceptions = "A Firecracker of your own that writes the region: allow the finding."
  static let sources = [
    Source.firecracker("src/vmm/src/arch/aarch64/fdt.rs", "create_fdt"),
    .program("Firecracker", "pull requests 5108 and 5156, branch poc/secret-hiding-swiotlb"),
  ]
  static let good = [Example(in: .firecracker, "&disk {\n  status = \"okay\";\n};")]
  static let bad = [
    Example(
      in: .firecracker,
      """
      / {
        reserved-memory {
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;

          bounce: bounce@8f000000 {  // finding
            compatible = "restricted-dma-pool";
            reg = <0x0 0x8f000000 0x0 0x800000>;
          };
        };
      };

      &disk {
        memory-region = <&bounce>;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.regions {
      report("the VMM reserves no memory", at: .node(region.node))
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// Parameters of the kernel that decide about confinement must be those that were described.
enum BootArgumentDiffers: Rule {
  static let id = "drift/boot-argument-differs"
  static let severity = Severity.error
  static let summary =
    "a kernel parameter that decides about DMA or memory is not as it was described"
  static let rationale = """
    VMMs write bootargs by their own options, in place of those of the tree. A swiotlb=noforce, a mem= or an \
    iommu.passthrough=1 that comes or goes with them turns pools off, takes their memory away, or opens IOMMUs.
    """
  static let consequence = "the kernel confines devices otherwise than was judged"
  static let help = "pass the parameter to the VMM as it was described, or describe it"
  static let exceptions = """
    All parameters but acpi, iommu, iommu.passthrough, iommu.strict, arm-smmu.disable_bypass, \
    arm-smmu-v3.disable_msipolling, cma, mem, memmap, and swiotlb.
    """
  static let sources = [
    Source.linux("Documentation/admin-guide/kernel-parameters.txt"),
    .linux("kernel/dma/swiotlb.c", "setup_io_tlb_npages"),
  ]
  static let needs: Inputs = [.tree, .expected]

  static let good = [
    Example(expecting: arguments("console=ttyAMA0"), arguments("root=/dev/vda quiet"))
  ]
  static let bad = [
    Example(
      expecting: arguments("iommu.strict=1"),
      arguments("iommu.strict=0").replacing("\";\n", with: "\";  // finding\n")),
    Example(
      expecting: arguments("swiotlb=65536"),
      """
      / {
        chosen {  // finding
          linux,initrd-start = <0x0 0x48000000>;
          linux,initrd-end = <0x0 0x48001000>;
        };
      };
      """),
  ]

  private static func arguments(_ text: String) -> String {
    "&chosen {\n  bootargs = \"\(text)\";\n};"
  }

  private static let decisive = [
    "acpi", "arm-smmu-v3.disable_msipolling", "arm-smmu.disable_bypass", "cma", "iommu",
    "iommu.passthrough", "iommu.strict", "mem", "memmap", "swiotlb",
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let expected = view.expected else { return }
    for name in decisive {
      let (wanted, found) = (words(name, expected), words(name, view))
      guard wanted != found else { continue }
      let property = view.commandLine?.property
      report(
        "the parameter \(name) was described otherwise",
        at: property.map { .property($0) }
          ?? .node(view.tree.root.child("chosen") ?? view.tree.root),
        found: found, expected: wanted)
    }
  }

  private static func words(_ name: String, _ view: GuestView) -> String {
    let all = (view.commandLine?.all(name) ?? []).map(\.text)
    return all.isEmpty ? "no \(name)" : all.joined(separator: " ")
  }
}

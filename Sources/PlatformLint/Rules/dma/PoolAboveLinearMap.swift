import DeviceTree
import Diagnostics
import GuestView

/// On 32-bit Arm a restricted pool must lie in low memory.
enum PoolAboveLinearMap: Rule {
  static let id = "dma/pool-above-linear-map"
  static let severity = Severity.error
  static let summary = "a restricted pool lies in the high memory of a 32-bit Arm guest"
  static let rationale = """
    A 32-bit kernel maps the first 768 MiB of memory for good and the rest page by page. A restricted \
    pool is used through the lasting map alone, and one whose first page lies above it is refused.
    """
  static let consequence = "the pool is refused, and devices that refer to it use all of memory"
  static let logLine: String? =
    "Restricted DMA pool must be accessible within the linear mapping."
  static let help = "move the pool into the first 768 MiB of memory"
  static let exceptions = """
    Other architectures. A kernel with another split of addresses, or started with vmalloc=, has another \
    limit.
    """
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "rmem_swiotlb_device_init"),
    .linux("arch/arm/mm/mmu.c", "adjust_lowmem_bounds"),
  ]
  static let good = [example("0x5f000000", "")]
  static let bad = [example("0x7f000000", "  // finding")]

  private static func example(_ address: String, _ marker: String) -> Example {
    Example(
      in: .none,
      """
      / {
        #address-cells = <2>;
        #size-cells = <2>;
        compatible = "linux,dummy-virt";
        interrupt-parent = <&gic>;
        memory@40000000 {
          device_type = "memory";
          reg = <0x0 0x40000000 0x0 0x40000000>;
        };
        reserved-memory {
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;
          pool: restricted-dma-pool@\(address.dropFirst(2)) {
            compatible = "restricted-dma-pool";
            reg = <0x0 \(address) 0x0 0x800000>;\(marker)
          };
        };
        cpus {
          #address-cells = <1>;
          #size-cells = <0>;
          cpu@0 {
            device_type = "cpu";
            compatible = "arm,cortex-a15";
            reg = <0>;
          };
        };
        timer {
          compatible = "arm,armv7-timer";
          interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>;
        };
        gic: interrupt-controller@8000000 {
          compatible = "arm,cortex-a15-gic";
          reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x8010000 0x0 0x10000>;
          interrupt-controller;
          #interrupt-cells = <3>;
        };
        virtio@a000000 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa000000 0x0 0x200>;
          interrupts = <0 16 1>;
          dma-coherent;
          memory-region = <&pool>;
        };
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let end = LowMemory.end(of: view.memorySet, view.architecture) else { return }
    for region in view.restrictedPools where region.refusal == nil {
      guard let range = region.range, range.first >= end, view.memorySet.contains(range),
        let reg = region.node.property("reg"), let entry = region.entries.first
      else { continue }
      report(
        "the pool lies above what the kernel maps of memory",
        at: .element(reg, 0, cells: entry.cells), found: "\(range)",
        expected: "below \(ByteText.hex(end))")
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// How a device reaches memory must be as it was described.
enum AddressingDiffers: Rule {
  static let id = "drift/addressing-differs"
  static let severity = Severity.error
  static let summary = "dma-ranges or dma-coherent of a device are not as they were described"
  static let rationale = """
    Which memory a device reaches, and at which addresses, is decided by dma-ranges; whether the kernel keeps caches and \
    memory alike for it, by dma-coherent. With either changed the same pool is in another place for the device, or \
    holds other data.
    """
  static let consequence =
    "the device reads and writes other addresses than the guest means, or stale data"
  static let help = "have the VMM pass dma-ranges and dma-coherent as they were built"
  static let exceptions = "Where they stand: what counts is what holds for the device."
  static let sources = [
    Source.linux("drivers/of/address.c", "of_dma_get_range", "of_dma_is_coherent")
  ]
  static let needs: Inputs = [.tree, .expected]

  static let good = [
    Example(in: .bare, expecting: bus(coherent: true), bus(ownCoherent: true))
  ]
  static let bad = [
    Example(
      in: .bare, expecting: bus(coherent: true),
      bus(
        "dma-ranges = <0x0 0x0 0x0 0x0 0x1 0x0>;  // finding", ownCoherent: true))
  ]

  private static func bus(
    _ ranges: String = "dma-ranges;", coherent: Bool = false, ownCoherent: Bool = false
  ) -> String {
    """
    / {
      bus {
        compatible = "simple-bus";
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;
        \(ranges)\(coherent ? "\n    dma-coherent;" : "")

        virtio@a000200 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa000200 0x0 0x200>;
          interrupts = <0 17 1>;\(ownCoherent ? "\n      dma-coherent;" : "")
        };
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let expected = view.expected else { return }
    struct Lists: Hashable {
      let expected: Int?
      let actual: Int?
    }
    // Devices on a bus have one list, which may be long.
    var compared: [Lists: Bool] = [:]
    for (before, now) in ExpectedDevices(view, expected).pairsOfNodes {
      let lists = Lists(
        expected: before.dmaRanges?.property.index, actual: now.dmaRanges?.property.index)
      let isAlike = compared[lists] ?? (windows(before) == windows(now))
      compared[lists] = isAlike
      if !isAlike {
        report(
          "the device reaches memory otherwise than was described",
          at: now.dmaRanges.map { .property($0.property) } ?? .device(now), found: windows(now),
          expected: windows(before))
      }
      if before.isCoherent != now.isCoherent {
        report(
          "the device is coherent otherwise than was described", at: .device(now),
          found: coherence(now), expected: coherence(before))
      }
    }
  }

  private static func windows(_ device: DMADevice) -> String {
    guard let ranges = device.dmaRanges else { return "all of memory at its own addresses" }
    return ranges.windows.map { "\($0.range) at 0x\(String($0.busAddress, radix: 16))" }.joined(
      separator: ", ")
  }

  private static func coherence(_ device: DMADevice) -> String {
    switch device.isCoherent {
    case true?: "coherent"
    case false?: "not coherent"
    case nil: "what the processor's architecture takes for granted"
    }
  }
}

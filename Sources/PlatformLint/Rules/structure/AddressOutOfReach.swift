import DeviceTree
import Diagnostics
import GuestView

/// An address has no more bits than a processor has for it.
enum AddressOutOfReach: Rule {
  static let id = "structure/address-out-of-reach"
  static let severity = Severity.error
  static let summary = "an address has more bits than any processor of the kind has"
  static let rationale = """
    A physical address of arm64 has at most 52 bits, one of RISC-V 56. A number above is mostly \
    two cells in the wrong order.
    """
  static let consequence = """
    the device can't be mapped, or the guest reads registers somewhere else
    """
  static let logExample: String? =
    "virtio-mmio <device>: probe with driver virtio-mmio failed with error -12"
  static let help = "write the address with its high cell first"
  static let exceptions = "A warning for memory, which the guest leaves out."
  static let sources = [
    Source.linux("arch/arm64/include/asm/pgtable-hwdef.h", "PHYS_MASK_SHIFT"),
    .linux("arch/arm64/mm/ioremap.c", "ioremap_prot"),
    .linux("arch/riscv/include/asm/pgtable-64.h", "_PAGE_PFN_MASK"),
  ]
  static let good = [
    Example(
      """
      / {
        rtc@8000000000000 {
          compatible = "google,goldfish-rtc";
          reg = <0x80000 0x0 0x0 0x1000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        rtc@10000000000000 {
          compatible = "google,goldfish-rtc";
          reg = <0x100000 0x0 0x0 0x1000>;  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let bits: UInt64
    switch view.architecture {
    case .arm64: bits = 52
    case .riscv64: bits = 56
    default: return
    }
    // By address, so that only the last ones have to be looked at.
    for claim in view.addressMap.claims.reversed() {
      guard claim.range.first >> bits != 0 else { break }
      guard claim.kind == .deviceWindow || claim.kind == .memory else { continue }
      report(
        claim.kind == .memory ? "the memory is out of reach" : "the registers are out of reach",
        at: .claim(claim), found: "\(claim.range)", expected: "an address of \(bits) bits",
        severity: claim.kind == .memory ? .warning : nil)
    }
  }
}

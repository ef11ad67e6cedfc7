import DeviceTree
import GuestView

/// What crosvm's tree for arm64 can have, and which of its nodes overlays find.
///
/// **Source:** crosvm `aarch64/src/fdt.rs`, `create_fdt`, `add_symbols_entry`; `aarch64/src/lib.rs`,
/// `AARCH64_PHYS_MEM_START`, `AARCH64_PROTECTED_VM_FW_START`; `arch/src/serial.rs`, `SERIAL_ADDR`.
enum Crosvm {
  /// Where memory can start: at its fixed address, or 4 MiB below with the firmware of protected guests.
  static let memoryStarts: [UInt64] = [0x8000_0000, 0x7fc0_0000]
  /// The labels that overlays can refer to.
  static let labels = ["intc"]
  /// The children of the root that are always there, or under some option, without an address in their names.
  static let nodes = [
    "chosen", "config", "cpufreq", "cpus", "firmware", "goldfish_battery", "gunyah-vm-config",
    "intc",
    "memory", "pci", "pmu", "psci", "reserved-memory", "timer",
  ]
  /// Those that have one.
  static let nodesWithAddress = [
    "U6_16550A@2e8", "U6_16550A@2f8", "U6_16550A@3e8", "U6_16550A@3f8", "pclk@3M", "rtc@2000",
    "vmwdt@3000",
  ]
  /// `--swiotlb` is in MiB.
  static let poolUnit: UInt64 = 1 << 20

  static let machine = WrittenMachine(devices: [
    .init("arm,gic-v3", at: 0x3fff_0000), .init("arm,cortex-a15-gic", at: 0x3fff_0000),
    .init("ns16550a", at: 0x3f8, 0x2f8, 0x3e8, 0x2e8), .init("arm,primecell", at: 0x2000),
    .init("qemu,vcpu-stall-detector", at: 0x3000),
  ])

  /// Whether crosvm's tree has a child of the root of this name, perhaps under an option.
  static func hasNode(_ name: some StringProtocol) -> Bool {
    nodes.contains { $0 == name } || nodesWithAddress.contains { $0 == name }
      || isNumbered(name, "pviommu") || isNumbered(name, "dev_pd")
  }

  private static func isNumbered(_ name: some StringProtocol, _ prefix: String) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    let digits = name.utf8.dropFirst(prefix.utf8.count)
    return !digits.isEmpty
      && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}

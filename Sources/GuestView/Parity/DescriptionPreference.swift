import DeviceTree

/// Which of a tree and tables a guest goes by that is given both, and why.
///
/// **Source:** Linux 6.12 `arch/arm64/kernel/acpi.c`, `acpi_boot_table_init`, `dt_is_stub`;
/// `arch/riscv/kernel/acpi.c`, `acpi_boot_table_init`; `arch/x86/kernel/acpi/boot.c`, `parse_acpi`.
public struct DescriptionPreference: Sendable, Hashable {
  /// One of the two.
  public enum Choice: Sendable, Hashable {
    /// The device tree.
    case tree
    /// The ACPI tables.
    case tables
  }

  /// What it goes by.
  public let choice: Choice
  /// Why: lower case, no full stop.
  public let because: String

  init(_ choice: Choice, because: String) {
    self.choice = choice
    self.because = because
  }

  /// What a guest does whose `firmware` may give it the tables alone: it goes by them, unless it is told not to.
  ///
  /// **Source:** EDK2 `EmbeddedPkg/Drivers/DtPlatformDxe`, which hands over one of the two.
  public init(_ tree: GuestView, behind firmware: String) {
    if tree.turnsACPIOff {
      self.init(.tree, because: Self.off)
    } else {
      self.init(.tables, because: "its firmware, \(firmware), may keep the tree from it")
    }
  }

  private static let off = "acpi=off is on the command line"

  /// What a guest of this processor does with `tree` and tables; nil where nobody tells.
  init?(_ tree: GuestView, on architecture: Architecture?) {
    // Each word sets a switch of its own, and off goes before the others.
    if tree.turnsACPIOff {
      self.init(.tree, because: Self.off)
      return
    }
    let words = tree.wordsOfACPI
    switch architecture {
    case .arm64?:
      if let word = words.first(where: { $0 == "on" || $0 == "force" }) {
        self.init(.tables, because: "acpi=\(word ?? "on") is on the command line")
      } else if tree.isStub {
        self.init(.tables, because: "the tree has nothing but /chosen")
      } else {
        self.init(.tree, because: "the tree has more than /chosen, and that turns ACPI off")
      }
    case .riscv64?:
      self.init(.tables, because: "RISC-V goes by tables wherever the firmware has any")
    case .x86?: self.init(.tables, because: "a PC goes by its tables")
    default: return nil
    }
  }
}

extension GuestView {
  /// What the command line says of ACPI, word by word.
  fileprivate var wordsOfACPI: [String?] {
    (commandLine?.parameters ?? []).filter { $0.name == "acpi" }.map(\.value)
  }

  fileprivate var turnsACPIOff: Bool { wordsOfACPI.contains("off") }

  /// Whether an arm64 kernel takes the tree for one that only carries what a boot loader says.
  ///
  /// **Source:** Linux `arch/arm64/kernel/acpi.c`, `dt_is_stub`.
  public var isStub: Bool {
    tree.root.children.allSatisfy { node in
      node.name == "chosen" || node.name == "hypervisor" && node.isCompatible("xen,xen")
    }
  }
}

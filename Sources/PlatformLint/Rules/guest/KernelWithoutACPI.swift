import ACPI
import Diagnostics
import GuestView

/// A kernel has to be for the machine, and to read tables.
enum KernelWithoutACPI: TableRule {
  static let id = "guest/kernel-without-acpi"
  static let severity = Severity.error
  static let summary = "the kernel is for another processor, or reads no ACPI tables"
  static let rationale = """
    Everything that is said of these tables and this kernel together would be wrong. Kernels for small virtual machines \
    are often built without CONFIG_ACPI, and take what they are told on the command line or in a device tree.
    """
  static let consequence = "the guest doesn't start, or knows nothing of what the tables describe"
  static let help = "give the configuration of the kernel that this guest boots"
  static let exceptions = "Machines that have a device tree besides, which are judged by that."
  static let sources = [
    Source.linux("drivers/acpi/Kconfig"), .linux("arch/arm64/kernel/setup.c", "setup_arch"),
  ]
  static let needs: Inputs = [.tables, .guestConfiguration]
  static let goodTables = [
    TableExample([TableExamples.virtio()]).with(guest: GuestExamples.kernel())
  ]
  static let badTables = [
    TableExample(at: ["SSDT"], [TableExamples.virtio()])
      .with(guest: GuestExamples.kernel(architecture: .riscv64)),
    TableExample(at: ["SSDT"], [TableExamples.virtio()])
      .with(guest: GuestExamples.kernel(without: [.acpi])),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let guest = view.guest, !view.set.tables.isEmpty else { return }
    if !guest.has(.acpi) {
      report(
        "\(guest.name) reads no ACPI tables", at: view.place(ofTable: 0),
        found: "CONFIG_ACPI is not set")
    } else if let processor = guest.architecture,
      let architecture = view.architecture?.architecture,
      processor != architecture
    {
      report(
        "\(guest.name) is for another processor", at: view.place(ofTable: 0),
        found: "\(processor)", expected: "\(architecture)")
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// Parameters of another architecture's kernel do nothing.
enum ParameterWithoutEffect: Rule {
  static let id = "guest/parameter-without-effect"
  static let severity = Severity.warning
  static let summary = "bootargs has a parameter that only another architecture's kernel knows"
  static let rationale = """
    A kernel hands parameters that it doesn't know to the first process. On arm64 and RISC-V memmap= \
    reserves nothing, and iommu=, intel_iommu= and amd_iommu= change no IOMMU; what they are meant to do is \
    not done.
    """
  static let consequence = "the kernel ignores the parameter"
  static let help = """
    reserve memory with a region of /reserved-memory; turn an IOMMU's translation on or off with \
    iommu.passthrough=
    """
  static let exceptions = "Trees that do not tell their architecture, and x86."
  static let sources = [
    Source.linux("arch/x86/kernel/e820.c", "parse_memmap_opt"),
    .linux("arch/x86/kernel/pci-dma.c", "iommu_setup"),
    .linux("drivers/iommu/iommu.c", "iommu_set_def_domain_type"),
  ]
  static let good = [example("console=ttyAMA0 swiotlb=force", "")]
  static let bad = [
    example("console=ttyAMA0 memmap=16M$0x50000000", "  // finding"),
    example("iommu=pt console=ttyAMA0", "  // finding"),
  ]

  private static func example(_ text: String, _ marker: String) -> Example {
    Example(
      """
      &chosen {
        bootargs = "\(text)";\(marker)
      };
      """)
  }

  private static let foreign: Set<String> = ["memmap", "iommu", "intel_iommu", "amd_iommu"]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let commandLine = view.commandLine, let architecture = view.architecture,
      architecture != .x86
    else { return }
    for parameter in commandLine.parameters where foreign.contains(parameter.name) {
      report(
        "the kernel of this architecture knows no \(parameter.name)=",
        at: .property(commandLine.property), found: parameter.text)
    }
  }
}

/// What keeps a guest from translating by an IOMMU that tables put in front of a device.
public struct TableIOMMUObstacle: Sendable, Hashable {
  /// What was found: `iommu=off`, `CONFIG_IOMMU_DEFAULT_PASSTHROUGH=y`.
  public let found: String
  /// What was expected in its place.
  public let expected: String
}

extension TablesView {
  /// What the kernel's command line and its options do to `iommu`; nil where it translates, as far as is known.
  ///
  /// Parameters are followed in their order, since each sets what the one before has set.
  ///
  /// **Source:** Linux 6.12 `drivers/iommu/iommu.c`, `iommu_set_def_domain_type`; `arch/x86/kernel/pci-dma.c`,
  /// `iommu_setup`; `drivers/iommu/intel/iommu.c`, `intel_iommu_setup`; `drivers/iommu/intel/dmar.c`,
  /// `detect_intel_iommu`; `drivers/iommu/amd/init.c`, `amd_iommu_detect`, `parse_amd_iommu_options`.
  public func obstacle(to iommu: TableIOMMU) -> TableIOMMUObstacle? {
    if let off = kernelParameters.last(where: { $0.name == "acpi" && $0.value == "off" }),
      !isOn(.arm64)
    {
      return TableIOMMUObstacle(found: off.text, expected: "ACPI, whose tables tell of the IOMMU")
    }
    return driverObstacle(to: iommu) ?? passthrough
  }

  /// What keeps the driver from starting.
  private func driverObstacle(to iommu: TableIOMMU) -> TableIOMMUObstacle? {
    let own: String
    switch iommu.driver {
    case .intelIOMMU?: own = "intel_iommu"
    case .amdIOMMU?: own = "amd_iommu"
    default: return nil
    }
    for parameter in kernelParameters
    where parameter.name == "iommu" && parameter.words.contains("off") {
      return TableIOMMUObstacle(found: parameter.text, expected: "no such parameter")
    }
    let words = kernelParameters.filter { $0.name == own }
    if let off = words.last(where: { $0.words.contains("off") }),
      own == "amd_iommu" || off == words.last
    {
      return TableIOMMUObstacle(found: off.text, expected: "\(own)=on")
    }
    let isOn = words.contains { $0.words.contains("on") }
    guard own == "intel_iommu", let guest, guest.has(.intelIOMMU), !isOn else { return nil }
    guard !guest.has(.intelIOMMUDefaultOn), !guest.has(.intelIOMMUDefaultOnIntGPUOff) else {
      return nil
    }
    return TableIOMMUObstacle(
      found: "CONFIG_INTEL_IOMMU_DEFAULT_ON is not set", expected: "intel_iommu=on")
  }

  /// What lets everything through.
  private var passthrough: TableIOMMUObstacle? {
    var obstacle: TableIOMMUObstacle?
    if let guest, guest.has(.iommuDefaultPassthrough) {
      obstacle = TableIOMMUObstacle(
        found: "CONFIG_IOMMU_DEFAULT_PASSTHROUGH=y", expected: "iommu.passthrough=0")
    }
    for parameter in kernelParameters {
      let lets: Bool?
      if parameter.isNamed("iommu.passthrough") {
        lets = CommandLine.boolean(parameter.value)
      } else if parameter.name == "iommu", isOn(.x86) {
        lets = parameter.words.last { $0 == "pt" || $0 == "nopt" }.map { $0 == "pt" }
      } else {
        lets = nil
      }
      guard let lets else { continue }
      obstacle =
        lets ? TableIOMMUObstacle(found: parameter.text, expected: "no such parameter") : nil
    }
    return obstacle
  }
}

extension CommandLine.Parameter {
  /// The words of the value, which stand between commas.
  fileprivate var words: [Substring] { (value ?? "").split(separator: ",") }
}

/// What a new rule is called: in findings, in code, and on disk.
struct RuleName {
  /// As in `dma/pool-outside-memory`.
  let id: String
  /// The part before the slash, which is the folder.
  let family: String
  /// As in `PoolOutsideMemory`, which is also the name of the file.
  let typeName: String

  /// The families there are; a folder of `Rules/` appears with its first rule.
  static let families = [
    "acpi", "cloudhypervisor", "crosvm", "dma", "drift", "firecracker", "guest", "gunyah", "iommu",
    "linux", "memory", "overlay", "parity", "pci", "pvmfw", "qemu", "shared", "structure", "virtio",
    "xen",
  ]

  /// What types are called that have namesakes, since several VMMs put devices elsewhere.
  private static let prefixes = [
    "cloudhypervisor": "CloudHypervisor", "crosvm": "Crosvm", "firecracker": "Firecracker",
  ]

  /// Words that code writes in capitals.
  private static let initialisms: Set = [
    "acpi", "aml", "aplic", "cca", "cpu", "crs", "dma", "dtb", "ecam", "fadt", "gic", "gsi",
    "guid", "id",
    "imsic", "iommu", "iort", "isa", "its", "mmio", "msi", "pci", "plic", "prp0001", "psci", "ram",
    "smmu",
    "uart", "uid", "vcpu", "viot",
  ]

  /// The name of a rule with this id.
  ///
  /// - Throws: ``Failure`` where the id is not a family, a slash, and words joined by hyphens.
  init(_ id: String) throws(Failure) {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw Failure("'\(id)' is no id: it is family/words-joined-by-hyphens")
    }
    guard Self.families.contains(String(parts[0])) else {
      throw Failure(
        "there is no family '\(parts[0])': it is one of \(Self.families.joined(separator: ", "))")
    }
    let words = parts[1].split(separator: "-", omittingEmptySubsequences: false)
    guard words.allSatisfy(Self.isWord), words.first?.first?.isLetter == true else {
      throw Failure("'\(parts[1])' is no name: it is lower-case words joined by hyphens")
    }
    self.id = id
    family = String(parts[0])
    let name = words.map { word in
      if Self.initialisms.contains(String(word)) { return word.uppercased() }
      // Several of them: CPUs.
      let one = word.dropLast()
      if word.last == "s", Self.initialisms.contains(String(one)) { return one.uppercased() + "s" }
      return word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
    typeName = (Self.prefixes[family] ?? "") + name
  }

  private static func isWord(_ word: Substring) -> Bool {
    !word.isEmpty
      && word.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) }
  }
}

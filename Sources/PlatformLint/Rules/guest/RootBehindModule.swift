import DeviceTree
import Diagnostics
import GuestView

/// A module can't be loaded from the disk that it is for.
enum RootBehindModule: Rule {
  static let id = "guest/root-behind-module"
  static let severity = Severity.error
  static let summary =
    "the root disk needs a module, and there is no initial RAM disk to load it from"
  static let rationale = """
    What stands between the kernel and its root file system has to be built in, or to be loaded by an \
    initial RAM disk. Debian has VIRTIO_MMIO, VIRTIO_BLK and VIRTIO_IOMMU as modules.
    """
  static let consequence = "the kernel finds no root file system"
  static let logLine: String? = "VFS: Cannot open root device"
  static let help = "hand over an initial RAM disk with the module, or build it in"
  static let exceptions = """
    Roots that aren't a virtio disk by name (/dev/vda), and kernels whose initial RAM disk is a part of \
    their image.
    """
  static let sources = [Source.linux("init/do_mounts.c", "mount_root_generic")]
  static let needs: Inputs = [.tree, .guestConfiguration]

  static let good = [
    example(GuestExamples.kernel(), "root=/dev/vda1"),
    example(GuestExamples.kernel(asModules: [.virtioMMIO]), "root=/dev/nfs"),
    example(GuestExamples.kernel(asModules: [.virtioNet]), "root=/dev/vda"),
  ]
  static let bad = [
    example(GuestExamples.kernel(asModules: [.virtioMMIO]), "root=/dev/vda1", "  // finding"),
    example(
      GuestExamples.kernel(asModules: [.virtioBlk, .virtioMMIO]), "console=ttyAMA0 root=/dev/vda",
      "  // finding"),
  ]

  private static func example(
    _ guest: GuestConfiguration, _ text: String, _ marker: String = ""
  ) -> Example {
    Example(
      guest: guest,
      """
      &chosen {
        bootargs = "\(text)";\(marker)
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let guest = view.guest, view.initialRAMDisk == nil, let commandLine = view.commandLine,
      let root = commandLine.all("root").last, root.value?.hasPrefix("/dev/vd") ?? false
    else { return }
    let modules = needed(view).filter { guest[$0] == .module }
    guard !modules.isEmpty else { return }
    report(
      "the root disk needs what \(guest.name) has as a module",
      at: .property(commandLine.property),
      found: modules.map { "CONFIG_\($0.rawValue)=m" }.joined(separator: ", "),
      expected: "an initial RAM disk, or y")
  }

  /// What every disk of the tree needs.
  private static func needed(_ view: GuestView) -> [GuestOption] {
    var needed: [GuestOption] = [.virtioBlk]
    let kinds = Set(view.dmaDevices.map(\.kind))
    if kinds == [.virtioMMIO] { needed.append(.virtioMMIO) }
    if !kinds.contains(.virtioMMIO), !kinds.isEmpty { needed.append(.virtioPCI) }
    let iommus = view.dmaDevices.compactMap(\.iommu)
    if iommus.count == view.dmaDevices.count, let first = iommus.first,
      let driver = GuestOption.driver(ofIOMMU: first.node)
    {
      needed.append(driver)
    }
    return needed
  }
}

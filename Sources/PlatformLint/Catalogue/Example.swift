public import GuestView

/// A description that a rule finds something in, or nothing: a test and a paragraph of its page.
///
/// The text is device tree source. A line on which the rule finds something ends in `// finding`,
/// which is a comment, so that dtc reads the example as it stands.
public struct Example: Sendable {
  /// What the text is laid over; dtc merges nodes that are described twice.
  public enum Base: String, Sendable, Hashable {
    /// Nothing: the text is the whole tree.
    case none
    /// A small arm64 guest in which every rule is content.
    case virt
    /// ``virt`` with a PCI host.
    case pci
    /// ``pci`` with an IOMMU in front of the host.
    case iommu
    /// A small RISC-V guest in which every rule is content.
    case riscv
    /// ``virt`` without virtio devices and without a pool.
    case bare
    /// A protected guest of crosvm.
    case protected
    /// A guest of Firecracker, with a disk.
    case firecracker
    /// A guest of Cloud Hypervisor, with a PCI host.
    case cloudHypervisor
  }

  /// What the text is laid over.
  public let base: Base
  /// Device tree source, as it stands at the top level of a file.
  public let text: String
  /// What the devices offer; nil where the check isn't told.
  public let features: DeviceFeatures?
  /// What the guest's kernel was built with; nil where the check isn't told.
  public let guest: GuestConfiguration?

  /// What is laid over the base in the tree that was to be; nil where the check isn't told.
  public let expectedText: String?
  /// What the devices were to offer; nil where the check isn't told.
  public let expectedFeatures: DeviceFeatures?

  /// An example that is held against another tree on the same base.
  public init(
    in base: Base = .virt, features: DeviceFeatures? = nil, expecting expected: String,
    offering expectedFeatures: DeviceFeatures? = nil, _ text: String
  ) {
    self.base = base
    self.text = text
    self.features = features
    guest = nil
    expectedText = expected
    self.expectedFeatures = expectedFeatures
  }

  /// An example.
  public init(
    in base: Base = .virt, features: DeviceFeatures? = nil, guest: GuestConfiguration? = nil,
    _ text: String
  ) {
    expectedText = nil
    expectedFeatures = nil
    self.base = base
    self.text = text
    self.features = features
    self.guest = guest
  }

  /// The lines of the text, from 1, that are marked with `// finding`.
  public var markedLines: [Int] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { $0.element.hasSuffix("// finding") }.map { $0.offset + 1 }
  }

  /// The tree that was to be, as a whole file; nil where the check isn't told.
  public var expectedSource: String? {
    expectedText.map { "/dts-v1/;\n\(base.text)\n\($0)\n" }
  }

  /// The whole file, with line markers, so that dtc calls the text `example` and counts from 1.
  ///
  /// Memory reservations are moved to the front, where the grammar wants them.
  public var source: String {
    var reservations: [String] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.hasPrefix("/memreserve/") else { return String(line) }
      reservations.append(String(line))
      return ""
    }
    return (["/dts-v1/;"] + reservations + ["# 1 \"base\"", base.text, "# 1 \"example\""] + lines)
      .joined(separator: "\n") + "\n"
  }
}

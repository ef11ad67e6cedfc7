/// The device tree that QEMU writes for its `virt` machine.
public struct QEMUTree: Sendable, CustomStringConvertible {
  /// The version of the GIC, 2 or 3.
  public var gic: Int
  /// The number of CPUs.
  public var cpus: Int
  /// The size of RAM, in MiB.
  public var mebibytes: UInt64

  /// Further options of the machine, such as `iommu=smmuv3`.
  public var options: [String]
  /// Further arguments, such as `-device`.
  public var arguments: [String]

  /// A machine of this shape.
  public init(
    gic: Int, cpus: Int, mebibytes: UInt64 = 1024, options: [String] = [],
    arguments: [String] = []
  ) {
    self.gic = gic
    self.cpus = cpus
    self.mebibytes = mebibytes
    self.options = options
    self.arguments = arguments
  }

  /// Machines that differ in what the tree shows: both GICs, one CPU and several.
  public static let all = [
    QEMUTree(gic: 2, cpus: 1), QEMUTree(gic: 2, cpus: 8), QEMUTree(gic: 3, cpus: 1),
    QEMUTree(gic: 3, cpus: 4),
  ]

  /// The shape in words.
  public var description: String { "QEMU virt with GICv\(gic) and \(cpus) CPUs" }

  /// QEMU's bytes.
  ///
  /// - Throws: ``Tool/Missing``, or ``Failure`` with what QEMU said.
  public func dump() throws -> [UInt8] {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/virt.dtb"
    let machine = ["virt", "gic-version=\(gic)", "dumpdtb=\(file)"] + options
    let result = try Tool.qemuArm.run(
      [
        "-M", machine.joined(separator: ","), "-cpu", "cortex-a57", "-m", "\(mebibytes)", "-smp",
        "\(cpus)", "-nographic", "-net", "none",
      ] + arguments)
    guard result.status == 0, let bytes = scratch.read("virt.dtb") else {
      throw Failure(description: "qemu-system-aarch64 wrote no tree: \(result.errors)")
    }
    return bytes
  }

  /// QEMU wrote no tree.
  public struct Failure: Error, CustomStringConvertible {
    /// What it said.
    public let description: String
  }
}

/// The device tree that QEMU writes for its `virt` machine.
public struct QEMUTree: Sendable, CustomStringConvertible {
  /// The emulator.
  public var emulator: Tool
  /// What stands behind `-M virt,`: `gic-version=3`.
  public var options: String
  /// The model of the processors, `-cpu`; nil for QEMU's choice.
  public var cpu: String?
  /// The number of CPUs.
  public var cpus: Int
  /// The size of RAM, in MiB.
  public var mebibytes: UInt64
  /// Further arguments, such as `-device`.
  public var arguments: [String] = []

  /// A machine of this shape for arm64.
  ///
  /// - Parameters:
  ///   - gic: The version of the GIC, 2 to 4.
  ///   - options: More of `-M`, each behind a comma.
  ///   - cpu: The model of the processors.
  ///   - cpus: Their number.
  ///   - mebibytes: The size of RAM, in MiB.
  ///   - arguments: Further arguments, such as `-device`.
  public init(
    gic: Int, options: String = "", cpu: String = "cortex-a57", cpus: Int,
    mebibytes: UInt64 = 1024, arguments: [String] = []
  ) {
    self.emulator = .qemuArm
    self.options = "gic-version=\(gic)\(options)"
    self.cpu = cpu
    self.cpus = cpus
    self.mebibytes = mebibytes
    self.arguments = arguments
  }

  /// A machine of this shape for riscv64.
  public init(aia: String, cpus: Int, mebibytes: UInt64 = 1024) {
    self.emulator = .qemuRISCV
    self.options = "aia=\(aia)"
    self.cpus = cpus
    self.mebibytes = mebibytes
  }

  /// Machines that differ in what the tree shows: both GICs, one CPU and several.
  public static let all = [
    QEMUTree(gic: 2, cpus: 1), QEMUTree(gic: 2, cpus: 8), QEMUTree(gic: 3, cpus: 1),
    QEMUTree(gic: 3, cpus: 4),
  ]

  /// The same for riscv64: each interrupt controller, one hart and several.
  public static let allRISCV = [
    QEMUTree(aia: "none", cpus: 1), QEMUTree(aia: "none", cpus: 4),
    QEMUTree(aia: "aplic", cpus: 2), QEMUTree(aia: "aplic-imsic", cpus: 4),
  ]

  /// The shape in words.
  public var description: String {
    "QEMU virt,\(options) with \(cpus) CPUs\(cpu.map { " \($0)" } ?? "") and \(mebibytes) MiB"
  }

  /// QEMU's bytes.
  ///
  /// - Throws: ``Tool/Missing``, or ``Failure`` with what QEMU said.
  public func dump() throws -> [UInt8] {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/virt.dtb"
    let result = try emulator.run(
      [
        "-M", "virt,\(options),memory-backend=ram,dumpdtb=\(file)",
        // RAM that nobody touches needs no room: half a terabyte of it is described here.
        "-object", "memory-backend-ram,id=ram,size=\(mebibytes)M,reserve=off", "-m",
        "\(mebibytes)M", "-smp", "\(cpus)", "-nographic", "-net", "none",
      ] + (cpu.map { ["-cpu", $0] } ?? ["-bios", "none"]) + arguments)
    guard result.status == 0, let bytes = scratch.read("virt.dtb") else {
      throw Failure(description: "\(emulator.name) wrote no tree: \(result.errors)")
    }
    return bytes
  }

  /// QEMU wrote no tree.
  public struct Failure: Error, CustomStringConvertible {
    /// What it said.
    public let description: String
  }
}

/// The processors.
///
/// On arm64, becomes `/cpus` with one `cpu@N` each, N being the affinity fields of its MPIDR: 16
/// processors a cluster under GICv3, 8 under GICv2, as VMMs number them. On riscv64, N is the hart's
/// number, and each has an `interrupt-controller` of its own.
///
/// **Source:** kernel bindings `arm/cpus.yaml` and `riscv/cpus.yaml`; Linux
/// `arch/arm64/kernel/smp.c`, `of_parse_and_init_cpus`, and `arch/riscv/kernel/smpboot.c`,
/// `of_parse_and_init_cpus`.
public struct CPUs: Component, Hashable, Codable {
  /// How the kernel starts the secondary processors.
  public enum EnableMethod: String, Sendable, Hashable, Codable, CaseIterable {
    /// Through a ``PSCI`` node.
    case psci
  }

  /// The number of processors, at least 1.
  public var count: Int
  /// The `compatible` of each.
  public var compatible: String
  /// How the secondary ones are started; nil for one processor that needs none, and on riscv64, where
  /// the firmware starts them.
  public var enableMethod: EnableMethod?
  /// What RISC-V's harts are; nil for processors of another kind.
  public var hart: Hart?
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .cpus(self) }

  /// `count` processors of one kind.
  public init(
    _ count: Int, compatible: String = "arm,armv8", enableMethod: EnableMethod? = .psci,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.count = count
    self.compatible = compatible
    self.enableMethod = enableMethod
    self.declaration = Declaration(file, line, column)
  }

  /// `count` harts of one kind.
  ///
  /// - Parameters:
  ///   - count: The number of harts, at least 1.
  ///   - isa: What they execute, as the specification spells it: `rv64imafdc_zicsr_zifencei`.
  ///   - mmuType: Their largest virtual address space.
  ///   - timebaseFrequency: How often the `time` register counts, in Hz.
  ///   - isaExtensions: Whether `riscv,isa-base` and `riscv,isa-extensions` are written besides
  ///     `riscv,isa`: kernels before 6.6 read that alone, and QEMU before 8.2 writes no more.
  ///   - compatible: The `compatible` of each.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ count: Int, isa: String, mmuType: Hart.MMUType, timebaseFrequency: Int,
    isaExtensions: Bool = true, compatible: String = "riscv",
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(
      count, compatible: compatible, enableMethod: nil, file: file, line: line, column: column)
    self.hart = Hart(isa: isa, mmuType: mmuType, timebaseFrequency: timebaseFrequency)
    if !isaExtensions { self.hart?.isaExtensions = false }
  }
}

/// What RISC-V's harts of one machine are.
///
/// **Source:** kernel bindings `riscv/cpus.yaml` and `riscv/extensions.yaml`.
public struct Hart: Sendable, Hashable, Codable {
  /// The largest virtual address space: how many bits of an address are translated.
  ///
  /// **Source:** The RISC-V Instruction Set Manual, volume II, sections 10.4 to 10.6.
  public enum MMUType: String, Sendable, Hashable, Codable, CaseIterable {
    /// `riscv,sv39`: 39 bits.
    case sv39
    /// `riscv,sv48`: 48 bits.
    case sv48
    /// `riscv,sv57`: 57 bits.
    case sv57
  }

  /// What they execute: `rv64`, letters of one-letter extensions, then others, each behind a `_`.
  ///
  /// Becomes `riscv,isa`, and `riscv,isa-base` with `riscv,isa-extensions`, which take its place since
  /// Linux 6.6.
  public var isa: String
  /// Whether `riscv,isa-base` and `riscv,isa-extensions` are written besides `riscv,isa`; nil for yes.
  public var isaExtensions: Bool?
  /// `mmu-type`: the largest virtual address space.
  public var mmuType: MMUType
  /// `timebase-frequency`: how often the `time` register counts, in Hz; Linux stops without it.
  public var timebaseFrequency: Int

  /// Harts of one kind.
  public init(isa: String, mmuType: MMUType, timebaseFrequency: Int) {
    self.isa = isa
    self.mmuType = mmuType
    self.timebaseFrequency = timebaseFrequency
  }
}

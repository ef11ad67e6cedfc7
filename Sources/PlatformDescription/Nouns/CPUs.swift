/// The processors.
///
/// Becomes `/cpus` with one `cpu@N` each, N being the affinity fields of its MPIDR: 16 processors a
/// cluster under GICv3, 8 under GICv2, as VMMs number them.
///
/// **Source:** kernel binding `arm/cpus.yaml`; Linux `arch/arm64/kernel/smp.c`, `of_parse_and_init_cpus`.
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
  /// How the secondary ones are started; nil for one processor that needs none.
  public var enableMethod: EnableMethod?
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
}

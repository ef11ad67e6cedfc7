/// How tables are written.
public struct TableOptions: Sendable, Hashable {
  /// Whether what devices have in common is written once: EISA ids, a `_DSD` that is aliased, and `_CCA`
  /// of what holds them.
  ///
  /// **Source:** Linux `drivers/acpi/scan.c`, `acpi_init_coherency`.
  public var isCompact: Bool

  /// Whether machines with a device tree get tables, too, where no machine is without a tree.
  public var includesTrees: Bool

  /// Tables that look like those that VMMs write, of machines without a tree, unless said otherwise.
  public init(isCompact: Bool = false, includesTrees: Bool = false) {
    self.isCompact = isCompact
    self.includesTrees = includesTrees
  }
}

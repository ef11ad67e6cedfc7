/// The Power State Coordination Interface: how the guest starts, stops and resets.
///
/// Becomes `psci { compatible = "arm,psci-1.0", "arm,psci-0.2"; method = "hvc"; }`.
///
/// **Source:** kernel binding `arm/psci.yaml`; Linux `drivers/firmware/psci/psci.c`.
public struct PSCI: Component, Hashable, Codable {
  /// The version of the interface.
  public enum Version: String, Sendable, Hashable, Codable, CaseIterable {
    /// 0.2: `arm,psci-0.2`.
    case v02 = "v0.2"
    /// 1.0 and later: `arm,psci-1.0`, with 0.2 behind it.
    case v1
  }

  /// The instruction that calls it.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// `hvc`: the hypervisor answers.
    case hvc
    /// `smc`: firmware answers, or the hypervisor that traps it.
    case smc
  }

  /// The version of the interface.
  public var version: Version
  /// The instruction that calls it.
  public var method: Method
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .psci(self) }

  /// An interface of this version, called by `method`.
  public init(
    _ version: Version = .v1, method: Method,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.version = version
    self.method = method
    self.declaration = Declaration(file, line, column)
  }
}

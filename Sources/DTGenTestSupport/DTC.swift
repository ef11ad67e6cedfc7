/// Runs of the device tree compiler.
public enum DTC {
  /// dtc refused its input.
  public struct Failure: Error, CustomStringConvertible {
    /// What it said.
    public let description: String
  }

  /// What dtc makes of `source`, and what it warned of.
  ///
  /// - Parameters:
  ///   - source: The source; with `/plugin/` it is an overlay.
  ///   - options: More options, as `-@`, which writes labels.
  /// - Returns: The bytes, and what dtc warned of.
  /// - Throws: ``Tool/Missing``, or ``Failure`` with dtc's errors.
  public static func compile(
    _ source: String, options: [String] = []
  ) throws -> (bytes: [UInt8], warnings: String) {
    try run(["-I", "dts", "-O", "dtb"] + options, input: Array(source.utf8))
  }

  /// dtc's own text for a tree, and what it warned of.
  ///
  /// - Throws: ``Tool/Missing``, or ``Failure`` with dtc's errors.
  public static func decompile(_ bytes: [UInt8]) throws -> (source: String, warnings: String) {
    let result = try run(["-I", "dtb", "-O", "dts"], input: bytes)
    return (String(decoding: result.bytes, as: UTF8.self), result.warnings)
  }

  /// The warnings without those that are no fault.
  ///
  /// dtc 1.6 misses an `#address-cells` in each interrupt controller. A missing one means 0, and the
  /// kernel's bindings of RISC-V's controllers have none; dtc says the same of QEMU's trees.
  public static func faults(in warnings: String) -> String {
    warnings.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasSuffix("Missing #address-cells in interrupt provider") }
      .joined(separator: "\n")
  }

  private static func run(
    _ arguments: [String], input: [UInt8]
  ) throws -> (bytes: [UInt8], warnings: String) {
    let result = try Tool.dtc.run(arguments + ["-o", "-", "-"], input: input)
    guard result.status == 0 else { throw Failure(description: result.errors) }
    return (result.output, result.errors)
  }
}

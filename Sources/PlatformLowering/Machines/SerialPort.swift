import PlatformDescription

extension Preset {
  /// A 16550A, spelled out, for as long as no noun describes it.
  ///
  /// **Source:** kernel binding `serial/8250.yaml`.
  ///
  /// - Parameters:
  ///   - name: What the VMM calls the node.
  ///   - at: The address of its registers.
  ///   - size: The size of its registers.
  ///   - interrupt: Its interrupt.
  ///   - clockFrequency: The frequency of its clock, in Hz.
  /// - Returns: The node.
  static func serialPort(
    _ name: String, at: GuestAddress, size: ByteCount, interrupt: Interrupt,
    clockFrequency: UInt32
  ) -> Node {
    Node(name, at: at, size: size, interrupt: interrupt) {
      Property("compatible", "ns16550a")
      Property("clock-frequency", .number(clockFrequency))
    }
  }
}

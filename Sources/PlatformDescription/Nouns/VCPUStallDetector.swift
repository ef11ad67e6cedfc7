/// A watchdog for each processor: the guest says that it is alive, or the VMM ends it.
///
/// Becomes `vmwdt@3000 { compatible = "qemu,vcpu-stall-detector"; reg = <…>; clock-frequency = <…>;
/// timeout-sec = <…>; }`, as crosvm writes it.
///
/// **Source:** kernel binding `misc/qemu,vcpu-stall-detector.yaml`; crosvm `aarch64/src/fdt.rs`,
/// `create_vmwdt_node`.
public struct VCPUStallDetector: Referable, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// The size in `reg`, in bytes: 16 for each processor.
  public var size: ByteCount
  /// `clock-frequency`, in Hz.
  public var clockFrequency: Int
  /// `timeout-sec`, in seconds.
  public var timeoutSec: Int
  /// Its interrupt, a PPI; nil for none.
  public var interrupt: Interrupt?
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .vcpuStallDetector(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// A watchdog at `at`, with crosvm's figures unless said otherwise.
  public init(
    at: GuestAddress, size: ByteCount = .kib(4), clockFrequency: Int = 2, timeoutSec: Int = 10,
    interrupt: Interrupt? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.size = size
    self.clockFrequency = clockFrequency
    self.timeoutSec = timeoutSec
    self.interrupt = interrupt
    self.declaration = Declaration(file, line, column)
  }
}

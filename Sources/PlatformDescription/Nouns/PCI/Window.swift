/// A window of a ``PCIHostBridge``: guest-physical addresses that it hands on to its functions.
///
/// Becomes an entry of `ranges`. Memory has the same address on the bus unless `busAddress:` says
/// otherwise; ports are numbered from 0.
///
/// ```swift
/// Window(.io, at: 0x3eff_0000, size: .kib(64))
/// Window(.memory32, at: 0x1000_0000, size: .mib(512))
/// Window(.memory64, at: 0x80_0000_0000, size: .gib(512), prefetchable: true)
/// ```
///
/// A host needs one for memory that is not prefetchable.
///
/// **Source:** PCI Bus Binding to IEEE 1275, section 2.2.1.1; kernel binding
/// `pci/host-generic-pci.yaml`.
public struct Window: Sendable, Hashable, Codable {
  /// What is reached through it: the space code of its entry.
  public enum Space: String, Sendable, Hashable, Codable, CaseIterable {
    /// I/O ports, code 1.
    case io
    /// Memory with 32-bit bus addresses, code 2.
    case memory32
    /// Memory with 64-bit bus addresses, code 3.
    case memory64
  }

  /// What is reached through it.
  public var space: Space
  /// The first guest-physical address.
  public var at: GuestAddress
  /// The size, in bytes.
  public var size: ByteCount
  /// The first address on the bus; nil for ``at``, or for 0 where it is ports.
  public var busAddress: GuestAddress?
  /// Whether the host may fetch ahead; memory alone can be.
  public var prefetchable: Bool
  /// Where it was written.
  public var location: SourceLocation?

  /// A window of `size` bytes at `at`.
  ///
  /// - Parameters:
  ///   - space: What is reached through it.
  ///   - at: The first guest-physical address.
  ///   - size: The size, in bytes.
  ///   - busAddress: The first address on the bus; nil for the same, or for 0 where it is ports.
  ///   - prefetchable: Whether the host may fetch ahead.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ space: Space, at: GuestAddress, size: ByteCount, busAddress: GuestAddress? = nil,
    prefetchable: Bool = false,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.space = space
    self.at = at
    self.size = size
    self.busAddress = busAddress
    self.prefetchable = prefetchable
    self.location = SourceLocation(file: file, line: line, column: column)
  }
}

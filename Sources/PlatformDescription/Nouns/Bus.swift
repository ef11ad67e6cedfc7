/// A bus with an address space of its own: the addresses in its braces are bus addresses.
///
/// Becomes `name@… { compatible = "simple-bus"; ranges = <…>; }`, which the kernel populates.
///
/// **Source:** Devicetree Specification 0.4, sections 2.3.8, 2.3.9 and 4.5.
public struct Bus: Referable, Hashable, Codable {
  /// A kind of bus whose devices the kernel makes devices of; behind any other they are ignored.
  ///
  /// Linux knows `isa` too, whose addresses are of another kind: describe that one as a ``Node``.
  ///
  /// **Source:** Linux `drivers/of/platform.c`, `of_default_bus_match_table`.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// `simple-bus`: addresses mean something, and nothing has to be set up.
    case simpleBus
    /// `simple-mfd`: parts of one device that work by themselves.
    case simpleMFD
    /// `arm,amba-bus`: Arm's peripherals.
    case ambaBus
    /// `qemu,platform` and `simple-bus`, with addresses of one cell: QEMU's bus for devices that come
    /// with `-device`.
    ///
    /// **Source:** QEMU 7.2 `hw/core/sysbus-fdt.c`, `platform_bus_add_all_fdt_nodes`.
    case qemuPlatform
  }

  /// One window of a bus: `size` bytes at `child` on the bus are those at `parent` above it.
  public struct Range: Sendable, Hashable, Codable {
    /// The first address on the bus.
    public var child: GuestAddress
    /// The first address above the bus.
    public var parent: GuestAddress
    /// The size, in bytes.
    public var size: ByteCount

    /// A window.
    public init(child: GuestAddress, parent: GuestAddress, size: ByteCount) {
      self.child = child
      self.parent = parent
      self.size = size
    }
  }

  /// The name of its node, without the unit address.
  public var name: String
  /// What kind of bus it is; nil for a `simple-bus`.
  public var kind: Kind?
  /// `ranges`: the windows through which the processors see the bus; empty for all, one to one.
  public var ranges: [Range]
  /// `dma-ranges`: the windows through which its devices see memory; nil for all, one to one.
  public var dmaRanges: [Range]?
  /// `dma-coherent`: its devices see what the processors' caches hold.
  public var dmaCoherent: Bool
  /// What is on the bus.
  public var elements: [Element]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .bus(self) }
  /// The first address above the bus; nil for a bus that maps everything one to one.
  public var referenceAddress: GuestAddress? { ranges.first?.parent }

  /// A bus with its devices in braces.
  ///
  /// - Parameters:
  ///   - name: The name of its node, without the unit address.
  ///   - kind: What kind of bus it is; nil for a `simple-bus`.
  ///   - ranges: The windows through which the processors see it; empty for all, one to one.
  ///   - dmaRanges: The windows through which its devices see memory; nil for all, one to one.
  ///   - dmaCoherent: Whether its devices see what the processors' caches hold.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - elements: The components.
  public init(
    _ name: String, _ kind: Kind? = nil, ranges: [Range] = [], dmaRanges: [Range]? = nil,
    dmaCoherent: Bool = false,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @ComponentBuilder _ elements: () -> [Element]
  ) {
    self.name = name
    self.kind = kind
    self.ranges = ranges
    self.dmaRanges = dmaRanges
    self.dmaCoherent = dmaCoherent
    self.elements = elements()
    self.declaration = Declaration(file, line, column)
  }
}

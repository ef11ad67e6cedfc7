import CLibFDT
public import DeviceTree

/// What libfdt reads from a flattened tree: the oracle of our own reader.
///
/// It walks with `fdt_next_tag` and `fdt_get_property_by_offset`, so that every offset is libfdt's.
public struct LibFDTReader: Sendable {
  /// A node as libfdt sees it.
  public struct Node: Sendable, Equatable {
    /// The full path.
    public var path: String
    /// Where its FDT_BEGIN_NODE stands in the file, in bytes.
    public var byteOffset: Int
    /// Its properties, in order.
    public var properties: [Property]
  }

  /// A property as libfdt sees it.
  public struct Property: Sendable, Equatable {
    /// The name.
    public var name: String
    /// Where the value stands in the file, in bytes.
    public var byteRange: Range<Int>
    /// The value.
    public var bytes: [UInt8]
  }

  /// The nodes in document order.
  public private(set) var nodes: [Node] = []
  /// The memory reservations in order.
  public private(set) var memoryReservations: [MemoryReservation] = []
  /// The physical id of the boot CPU.
  public private(set) var bootCPU: UInt32 = 0

  /// libfdt refused the tree.
  public struct Refusal: Error, Equatable, CustomStringConvertible {
    /// The negative code.
    public let status: Int32
    /// libfdt's name of the code.
    public var description: String { String(cString: fdt_strerror(status)) }
  }

  /// What `fdt_check_full` returns: 0 for a tree that libfdt accepts, else a negative code.
  public static func check(_ bytes: [UInt8]) -> Int32 {
    withAligned(bytes) { fdt_check_full($0.baseAddress, $0.count) }
  }

  /// Reads a tree that `fdt_check_full` accepts.
  ///
  /// - Throws: ``Refusal`` with libfdt's code.
  public init(_ bytes: [UInt8]) throws {
    self = try Self.withAligned(bytes) { buffer in
      let status = fdt_check_full(buffer.baseAddress, buffer.count)
      guard status == 0, let start = buffer.baseAddress else { throw Refusal(status: status) }
      return try Self(start)
    }
  }

  private init(_ tree: UnsafeRawPointer) throws {
    bootCPU = dtgen_fdt_boot_cpuid_phys(tree)
    for index in 0..<max(0, fdt_num_mem_rsv(tree)) {
      var address: UInt64 = 0
      var size: UInt64 = 0
      try Self.require(fdt_get_mem_rsv(tree, index, &address, &size))
      memoryReservations.append(MemoryReservation(address: address, size: size))
    }
    let structure = Int(dtgen_fdt_off_dt_struct(tree))
    var names: [String] = []
    var open: [Int] = []
    var offset: Int32 = 0
    while true {
      var next: Int32 = 0
      let tag = fdt_next_tag(tree, offset, &next)
      try Self.require(next)
      switch tag {
      case UInt32(FDT_BEGIN_NODE):
        names.append(fdt_get_name(tree, offset, nil).map { String(cString: $0) } ?? "")
        open.append(nodes.count)
        nodes.append(
          Node(
            path: names.count == 1 ? "/" : "/" + names.dropFirst().joined(separator: "/"),
            byteOffset: structure + Int(offset), properties: []))
      case UInt32(FDT_END_NODE):
        names.removeLast()
        open.removeLast()
      case UInt32(FDT_PROP):
        guard let node = open.last else { throw Refusal(status: -FDT_ERR_BADSTRUCTURE) }
        nodes[node].properties.append(try Self.property(tree, at: offset))
      case UInt32(FDT_END):
        return
      default:
        break
      }
      offset = next
    }
  }

  private static func property(_ tree: UnsafeRawPointer, at offset: Int32) throws -> Property {
    var name: UnsafePointer<CChar>?
    var length: Int32 = 0
    guard let value = fdt_getprop_by_offset(tree, offset, &name, &length), let name else {
      throw Refusal(status: length)
    }
    let start = value - tree
    return Property(
      name: String(cString: name), byteRange: start..<(start + Int(length)),
      bytes: Array(UnsafeRawBufferPointer(start: value, count: Int(length))))
  }

  private static func require(_ status: Int32) throws {
    if status < 0 { throw Refusal(status: status) }
  }

  /// Lends a copy at an address that is a multiple of 8, which libfdt asks for.
  private static func withAligned<Result>(
    _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
    defer { buffer.deallocate() }
    buffer.copyBytes(from: bytes)
    return try body(UnsafeRawBufferPointer(buffer))
  }
}

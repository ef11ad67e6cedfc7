/// Memory that several virtual machines have, at one guest-physical address.
///
/// It is declared once, outside of the machines, so that they can't differ about where it lies and how
/// large it is. Each machine that has it says for what:
///
/// ```swift
/// let vrings = SharedMemory("vrings", at: 0x5000_0000, size: .mib(16))
///
/// vrings.asRestrictedDMAPool()  // the frontend's side: in its RAM, and its devices bounce through it
/// vrings.asReserved(.noMap)     // the backend's side: it reads the rings where the frontend wrote them
/// ```
///
/// The frontend's devices name the share, as they would name a pool, and may say whose backend serves
/// them:
///
/// ```swift
/// VirtioMMIO(.network(), memoryRegion: vrings, backend: "secondary")
/// ```
///
/// Base and size are multiples of 64 KiB, which are whole pages of every arm64 guest. Two machines share
/// it, unless `parties:` says how many do.
///
/// **Source:** kernel binding `reserved-memory/shared-dma-pool.yaml`; Linux `kernel/dma/swiotlb.c`,
/// `rmem_swiotlb_device_init`, by which the addresses that a driver writes into its rings are those of the
/// pool; VIRTIO 1.3, section 2.7.
public struct SharedMemory: MemoryRegion, Hashable, Codable {
  /// The name of its node in every machine, without the unit address; unique in its platform.
  public var name: String
  /// The first guest-physical address, a multiple of 64 KiB.
  public var at: GuestAddress
  /// The size, in bytes, a multiple of 64 KiB.
  public var size: ByteCount
  /// How many machines have it; nil for two.
  public var parties: Int?
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// Where it lies.
  public var placement: Placement { .static(AddressRange(at: at, size: size)) }
  /// The component as the model keeps it: a role that nobody said.
  public var element: Element { .sharedMemory(SharedMemoryRole(self, nil, at: nil, declaration)) }

  /// `size` bytes at `at`, which several machines share.
  ///
  /// - Parameters:
  ///   - name: The name of its node in every machine.
  ///   - at: The first guest-physical address, a multiple of 64 KiB.
  ///   - size: The size, in bytes, a multiple of 64 KiB.
  ///   - parties: How many machines have it; nil for two.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ name: String, at: GuestAddress, size: ByteCount, parties: Int? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.at = at
    self.size = size
    self.parties = parties
    self.declaration = Declaration(file, line, column)
  }

  /// Says why there is no such share.
  @available(
    *, unavailable,
    message:
      "memory that several machines share has one address, which each of them has to know: say 'at:'"
  )
  public init(_ name: String, size: ByteCount, parties: Int? = nil) {
    self.init(name, at: 0, size: size, parties: parties)
  }

  /// Says why there is no such share.
  @available(
    *, unavailable,
    message: "the size of shared memory is one that all its machines know: say it in bytes"
  )
  public init(_ name: String, at: GuestAddress, size: ComputedSize, parties: Int? = nil) {
    self.init(name, at: at, size: .bytes(0), parties: parties)
  }

  /// The frontend's side: a pool in its RAM, through which the devices that name the share bounce.
  ///
  /// Becomes `/reserved-memory/vrings@50000000 { compatible = "restricted-dma-pool"; reg = <…>; }`. The
  /// frontend's kernel zeroes all of it when the first device attaches, so nothing else may lie in it,
  /// and one machine alone can have this role.
  ///
  /// - Parameters:
  ///   - at: Where this machine has it, if elsewhere than the others: a backend that reads rings needs
  ///     to know by how much. Nil for the address of the share.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  /// - Returns: The role, for the braces of the machine or of the ``Memory`` that contains it.
  public func asRestrictedDMAPool(
    at: GuestAddress? = nil, file: String = #filePath, line: Int = #line, column: Int = #column
  ) -> SharedMemoryRole {
    SharedMemoryRole(self, .restrictedDMAPool, at: at, Declaration(file, line, column))
  }

  /// The backend's side: memory that its kernel allocates nothing from.
  ///
  /// Becomes `/reserved-memory/vrings@50000000 { reg = <…>; no-map; }`, or the same without `no-map`. It
  /// may lie in RAM, or where the machine has nothing else.
  ///
  /// - Parameters:
  ///   - use: `.noMap`, or `.mapped`.
  ///   - at: Where this machine has it, if elsewhere than the others. Nil for the address of the share.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  /// - Returns: The role, for the braces of the machine or of the ``Memory`` that contains it.
  public func asReserved(
    _ use: SharedMemoryRole.Reservation, at: GuestAddress? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) -> SharedMemoryRole {
    SharedMemoryRole(self, .init(use), at: at, Declaration(file, line, column))
  }
}

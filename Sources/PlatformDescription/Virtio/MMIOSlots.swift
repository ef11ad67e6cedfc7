/// A run of equal windows for virtio-mmio, each with an interrupt of its own, to loop over.
///
/// ```swift
/// for slot in MMIOSlots(at: 0x0a00_0000, count: 4, firstInterrupt: .spi(16, .edgeRising)) {
///   VirtioMMIO(.block, at: slot, memoryRegion: pool)
/// }
/// ```
public struct MMIOSlots: Sendable, RandomAccessCollection {
  /// The address of the first window.
  public var at: GuestAddress
  /// The number of windows.
  public var count: Int
  /// The interrupt of the first one; the others follow.
  public var firstInterrupt: Interrupt
  /// The distance from one window to the next.
  public var stride: ByteCount

  /// `count` windows from `at`.
  ///
  /// - Parameters:
  ///   - at: The address of the first window.
  ///   - count: The number of windows; none for a negative one.
  ///   - firstInterrupt: The interrupt of the first one; the others follow.
  ///   - stride: The distance from one window to the next; 512 bytes unless said otherwise.
  public init(
    at: GuestAddress, count: Int, firstInterrupt: Interrupt, stride: ByteCount = .bytes(0x200)
  ) {
    self.at = at
    self.count = Swift.max(count, 0)
    self.firstInterrupt = firstInterrupt
    self.stride = stride
  }

  /// The slots, one after the other.
  ///
  /// Those of an array, because the compiler knows an array's iterator by heart, and takes 10 ms to
  /// find out about one of ours.
  public func makeIterator() -> IndexingIterator<[MMIOSlot]> {
    indices.map { self[$0] }.makeIterator()
  }

  /// The index of the first slot.
  public var startIndex: Int { 0 }
  /// One past the index of the last slot.
  public var endIndex: Int { count }
  /// Slot `index`.
  public subscript(index: Int) -> MMIOSlot {
    MMIOSlot(address: at + stride * index, interrupt: firstInterrupt + index)
  }
}

/// One window of a run, with its interrupt.
public struct MMIOSlot: Sendable, Hashable {
  /// The address of the window.
  public var address: GuestAddress
  /// Its interrupt.
  public var interrupt: Interrupt
}

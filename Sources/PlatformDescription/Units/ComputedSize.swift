/// The size of a pool that follows from the devices that name it: `.computed`.
///
/// It is what Linux's drivers take for the queues, what they keep in them, and room to work, so it depends
/// on the guest's pages: `.computed(guestPageSize: .kib(64))`.
public struct ComputedSize: Sendable, Hashable {
  /// The size of the guest's pages: 4 KiB, or 16 or 64 KiB of an arm64 guest; nil for 4 KiB.
  public var guestPageSize: ByteCount?

  /// Follows from the devices, in a guest with pages of 4 KiB.
  public static let computed = ComputedSize(guestPageSize: nil)

  /// Follows from the devices, in a guest with pages of this size.
  ///
  /// - Parameter guestPageSize: 4, 16 or 64 KiB: CONFIG_ARM64_4K_PAGES and its like.
  /// - Returns: The size.
  ///
  /// **Source:** Linux `arch/arm64/Kconfig`, `ARM64_PAGE_SHIFT`.
  public static func computed(guestPageSize: ByteCount) -> ComputedSize {
    ComputedSize(guestPageSize: guestPageSize)
  }
}

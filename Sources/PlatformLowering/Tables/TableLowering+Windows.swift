import ACPI
import PlatformDescription

extension TableLowering {
  /// A window of a PCI host, as `_CRS` of its bridge has it: addresses of the bus, and what is added to
  /// them for the guest.
  ///
  /// **Source:** ACPI 6.5, section 6.4.3.5.1; Linux `drivers/acpi/resource.c`, `acpi_decode_space`.
  mutating func descriptor(
    of window: Window, in noun: PCIHostBridge
  ) -> AddressSpaceDescriptor? {
    let location = window.location ?? noun.declaration.location
    let before = mistakes.count
    _ = shared.cells(of: window, in: noun)
    guard mistakes.count == before else { return nil }
    if window.space == .io { return ports(window, at: location) }
    let first = (window.busAddress ?? window.at).value
    let last = first + (window.size.bytes - 1)
    // Subtracting wraps where the bus has the higher address; so does adding, in a guest.
    let translation = window.at.value &- first
    let fits =
      last <= UInt64(UInt32.max) && translation <= UInt64(UInt32.max)
      && window.space == .memory32
    return AddressSpaceDescriptor(
      fits ? .doubleWord : .quadWord,
      .memory(window.prefetchable ? .prefetchable : .nonCacheable), minimum: first,
      length: window.size.bytes, translation: translation)
  }

  /// Ports: on x86_64 they are the processor's own, elsewhere memory that the bridge turns into ports.
  private mutating func ports(
    _ window: Window, at location: SourceLocation?
  ) -> AddressSpaceDescriptor? {
    let isNative = machine.architecture == .x86_64
    let first = isNative ? window.at.value : (window.busAddress?.value ?? 0)
    let last = first + (window.size.bytes - 1)
    if isNative, last > 0xffff || (window.busAddress.map { $0 != window.at } ?? false) {
      mistake(
        "description/no-such-ports", "an x86_64 processor has ports 0x0 to 0xffff of its own",
        at: location, help: "let 'at:' be the first port, and leave 'busAddress:' out")
      return nil
    }
    let translation = isNative ? 0 : window.at.value &- first
    let width: AddressSpaceDescriptor.Width =
      if isNative && window.size.bytes < 0x1_0000 {
        .word
      } else if translation <= UInt64(UInt32.max) {
        .doubleWord
      } else {
        .quadWord
      }
    return AddressSpaceDescriptor(
      width, .io(isNative ? .entireRange : .entireRangeTranslated), minimum: first,
      length: window.size.bytes, translation: translation)
  }
}

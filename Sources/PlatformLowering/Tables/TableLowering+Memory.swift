import ACPI
import PlatformDescription

extension TableLowering {
  /// The descriptor of memory that a device has for itself: 32 bits where they are enough.
  mutating func descriptor(
    of range: AddressRange, at location: SourceLocation?
  ) -> ResourceDescriptor? {
    let (last, overflow) = range.at.value.addingReportingOverflow(max(range.size.bytes, 1) - 1)
    guard range.size.bytes > 0, !overflow else {
      mistake(
        overflow ? "description/window-wraps" : "description/empty-window",
        overflow
          ? "this memory ends behind the last address there is" : "this memory has no size",
        at: location, help: overflow ? "make it smaller, or start it lower" : "give it a size")
      return nil
    }
    if last <= UInt64(UInt32.max) {
      return .memory32Fixed(
        isWritable: true, base: UInt32(range.at.value), length: UInt32(range.size.bytes))
    }
    return .addressSpace(
      AddressSpaceDescriptor(
        .quadWord, .memory(.nonCacheable), minimum: range.at.value, length: range.size.bytes,
        isConsumer: true))
  }

  /// Sets `_CRS` of a device.
  mutating func setResources(
    _ memory: [AddressRange], _ interrupts: [Interrupt], of device: inout DeviceDraft
  ) {
    var resources: [ResourceDescriptor] = []
    for range in memory {
      guard let descriptor = descriptor(of: range, at: device.location) else { continue }
      resources.append(descriptor)
    }
    for interrupt in interrupts {
      guard let (number, descriptor) = descriptor(of: interrupt, at: device.location) else {
        continue
      }
      device.interrupts.append(number)
      resources.append(descriptor)
    }
    device.memory = memory
    if !resources.isEmpty { device.resources = resources }
  }
}

internal import CLibFDT

/// A buffer that libfdt's sequential calls fill, from the first byte to the last.
///
/// Each call appends, so that writing takes time linear in the tree; the calls that insert into a
/// finished tree move everything behind them.
///
/// **Source:** libfdt 1.6.1 `fdt_sw.c`.
struct SequentialWriter {
  // libfdt wants a buffer aligned to 8; the elements of an array are aligned to 16.
  private var buffer: [UInt8]

  init(_ plan: WritingPlan) throws(DeviceTreeError) {
    buffer = [UInt8](repeating: 0, count: plan.bufferSize)
    let flags = plan.sharesNames ? 0 : UInt32(FDT_CREATE_FLAG_NO_NAME_DEDUP)
    let size = Int32(plan.bufferSize)
    try unsafe call("fdt_create_with_flags") { unsafe fdt_create_with_flags($0, size, flags) }
  }

  mutating func writeReservations(_ entries: [MemoryReservation]) throws(DeviceTreeError) {
    for entry in entries {
      try unsafe call("fdt_add_reservemap_entry") {
        unsafe fdt_add_reservemap_entry($0, entry.address, entry.size)
      }
    }
    try unsafe call("fdt_finish_reservemap") { unsafe fdt_finish_reservemap($0) }
  }

  mutating func beginNode(_ name: String, path: () -> String) throws(DeviceTreeError) {
    try unsafe call("fdt_begin_node", path: path) { unsafe fdt_begin_node($0, name) }
  }

  mutating func writeProperty(_ property: Property, path: () -> String) throws(DeviceTreeError) {
    let value = property.value.bytes
    try unsafe call("fdt_property", path: path) { buffer in
      unsafe fdt_property(buffer, property.name, value, Int32(value.count))
    }
  }

  mutating func endNode(path: () -> String) throws(DeviceTreeError) {
    try unsafe call("fdt_end_node", path: path) { unsafe fdt_end_node($0) }
  }

  /// Ends the tree and gives its bytes.
  consuming func finish(bootCPU: UInt32) throws(DeviceTreeError) -> [UInt8] {
    try unsafe call("fdt_finish") { unsafe fdt_finish($0) }
    var size = 0
    try unsafe call("fdt_set_boot_cpuid_phys") { buffer in
      unsafe fdt_set_boot_cpuid_phys(buffer, bootCPU)
      size = Int(unsafe dtgen_fdt_totalsize(buffer))
      return 0
    }
    buffer.removeLast(buffer.count - size)
    return buffer
  }

  private mutating func call(
    _ function: StaticString, path: () -> String? = { nil },
    _ body: (UnsafeMutableRawPointer?) -> Int32
  ) throws(DeviceTreeError) {
    // SAFETY: the pointer is used inside the closure only, and libfdt keeps within the size that
    // fdt_create_with_flags was given, which is that of the buffer.
    let status = unsafe buffer.withUnsafeMutableBytes { unsafe body($0.baseAddress) }
    guard status >= 0 else {
      throw DeviceTreeError(libFDT: status, from: function, nodePath: path())
    }
  }
}

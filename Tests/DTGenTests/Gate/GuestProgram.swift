/// Programs for QEMU's arm64 machine that need no kernel, as `-kernel` takes them.
enum GuestProgram {
  /// Writes `k` and a line break to the console, and ends QEMU with status 42, by semihosting.
  ///
  /// ```
  /// movz x1, #0x0900, lsl #16; mov w0, #'k'; str w0, [x1]; mov w0, #'\n'; str w0, [x1]
  /// adr x1, block; mov x0, #0x18; hlt #0xf000; b .; nop; block: .quad 0x20026, 42
  /// ```
  ///
  /// **Source:** Arm Semihosting, SYS_EXIT (0x18), ADP_Stopped_ApplicationExit.
  static let ending: [UInt8] = words([
    0xd2a1_2001, 0x5280_0d60, 0xb900_0020, 0x5280_0140, 0xb900_0020, 0x1000_00a1, 0xd280_0300,
    0xd45e_0000, 0x1400_0000, 0xd503_201f, 0x0002_0026, 0, 42, 0,
  ])

  /// Writes the same, and goes on for ever.
  static let lasting: [UInt8] = words([
    0xd2a1_2001, 0x5280_0d60, 0xb900_0020, 0x5280_0140, 0xb900_0020, 0x1400_0000,
  ])

  /// Firmware for a PC that ends QEMU with status 33, by the device `isa-debug-exit`.
  ///
  /// ```
  /// mov al, 0x10; out 0xf4, al; hlt; jmp .-1
  /// ```
  ///
  /// **Source:** QEMU 7.2 `hw/misc/debugexit.c`.
  static let endingPC: [UInt8] =
    [UInt8](repeating: 0, count: 0xfff0) + [0xb0, 0x10, 0xe6, 0xf4, 0xf4, 0xeb, 0xfd]
    + [UInt8](repeating: 0, count: 9)

  private static func words(_ words: [UInt32]) -> [UInt8] {
    words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
  }
}

public import ACPI

/// Tables with many devices of virtio-mmio.
public enum VirtioTable {
  /// An SSDT in which Linux finds `count` devices, at most a million, by `compatible`.
  public static func prp0001(count: Int) -> DefinitionBlock {
    .ssdt("VIRTIO", [.scope("\\_SB", (0..<count).map(device))])
  }

  private static func device(_ number: Int) -> Term {
    // Three digits, and a letter for each time that they don't suffice.
    let digits = String(number % 46_656, radix: 36, uppercase: true)
    let letter = String(Unicode.Scalar(UInt8(0x41 + number / 46_656 % 26)))
    // ARG0 to ARG6 are words of ASL; no number below a million has an X.
    let name =
      (digits.hasPrefix("RG") && letter == "A" ? "X" : letter)
      + String(repeating: "0", count: 3 - digits.count) + digits
    return .device(
      NamePath(NameSegment(stringLiteral: name)),
      [
        .name("_HID", .string("PRP0001")), .name("_UID", .integer(UInt64(number))),
        .name("_CCA", .integer(1)),
        .name(
          "_CRS",
          .resources([
            .memory32Fixed(
              isWritable: true, base: 0x0a00_0000 + UInt32(number) * 0x200, length: 0x200),
            .interrupt(ExtendedInterrupt([48 + UInt32(number)], mode: .edgeRising)),
          ])),
        .deviceProperties([("compatible", .string("virtio,mmio"))]),
      ])
  }
}

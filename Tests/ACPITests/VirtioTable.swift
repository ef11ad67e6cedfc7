import ACPI

/// Tables with many devices of virtio-mmio.
enum VirtioTable {
  /// An SSDT in which Linux finds `count` devices by `compatible`.
  static func prp0001(count: Int) -> DefinitionBlock {
    .ssdt("VIRTIO", [.scope("\\_SB", (0..<count).map(device))])
  }

  private static func device(_ number: Int) -> Term {
    let digits = String(number, radix: 36, uppercase: true)
    let name = "V" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
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

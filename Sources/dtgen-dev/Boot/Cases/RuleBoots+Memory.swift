import PlatformLint

extension RuleBoots {
  /// The pool of the base without a place, and with something else.
  private static func placed(_ properties: String) -> String {
    "&bounce {\n  /delete-property/ reg;\n  \(properties)\n};"
  }

  static let memory: [BootCase] = [
    .rule("memory/contiguous-misaligned", .confined(Named.disk, pool: Named.bounce)),
    .rule("memory/initrd-outside-memory", .works(Named.disk)),
    .rule("memory/limit-cuts-off", .panics),
    .rule("memory/no-memory", .panics),
    .rule("memory/pool-over-kernel", .panics),
    .rule(
      "memory/region-alignment-malformed",
      text: placed("size = <0x0 0x800000>;\n  alignment = <0x200000>;"), .escapes(Named.disk),
      .escapes(Named.net)),
    .rule(
      "memory/region-alloc-ranges-malformed",
      text: placed("size = <0x0 0x800000>;\n  alloc-ranges = <0x40000000 0x10000000 0x0>;"),
      .escapes(Named.disk), .escapes(Named.net)),
    .rule("memory/region-empty", .escapes(Named.disk), .escapes(Named.net)),
    .rule("memory/region-extra-reg", .confined(Named.disk, pool: Named.bounce)),
    .rule("memory/region-overlap", .confined(Named.disk, pool: Named.bounce)),
    .rule("memory/region-reg-malformed", .escapes(Named.disk), .escapes(Named.net)),
    .rule(
      "memory/region-size-ignored", twin: .text(.virt, placed("size = <0x0 0x1000000>;")),
      .confined(Named.disk, pool: Named.bounce),
      .logs("0x000000005f000000..0x000000005f7fffff (8192 KiB)")),
    .rule(
      "memory/region-size-malformed", text: placed("size = <0x800000>;"), .escapes(Named.disk),
      .escapes(Named.net)),
    .rule(
      "memory/region-unit-address-differs", .works(Named.disk),
      .logs("0x0000000060000000..0x000000006000ffff (64 KiB)*firmware@0")),
    .rule("memory/region-without-extent", .escapes(Named.disk), .escapes(Named.net)),
    .rule(
      "memory/region-without-room", text: placed("size = <0x0 0x80000000>;"),
      .escapes(Named.disk), .escapes(Named.net)),
    .rule("memory/reserved-cells-differ", .escapes(Named.disk), .escapes(Named.net)),
    .rule("memory/reserved-cells-differ", example: 1, .escapes(Named.disk), .escapes(Named.net)),
    .rule("memory/reserved-without-ranges", .escapes(Named.disk), .escapes(Named.net)),
    .rule("memory/reusable-unmapped", .works(Named.disk)),
    .rule("memory/too-many-dynamic-regions", .works(Named.disk)),
    .rule("memory/window-over-memory", .fails(Named.disk)),
    .rule("memory/window-overlap", .fails(Named.net)),
    .rule("memory/initrd-over-kernel", .hangs),
    .rule(
      "memory/memory-without-device-type",
      text: """
        &memory {
          reg = <0x0 0x40000000 0x0 0x20000000>;
        };
        / {
          memory@60000000 {
            reg = <0x0 0x60000000 0x0 0x20000000>;
          };
        };
        """, .works(Named.disk), .logs("Memory: *K/524288K available")),
  ]
}

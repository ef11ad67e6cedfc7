extension RuleBoots {
  static let structure: [BootCase] = [
    .rule("structure/dangling-interrupt-parent", .driverless(Named.disk)),
    .rule("structure/dangling-reference", .driver(Named.serial, nil)),
    .rule("structure/interrupt-trigger-clash", .driverless(Named.net)),
    .rule("structure/interrupts-without-parent", .driverless(Named.disk)),
    .rule("structure/reference-to-non-provider", log: .any, .driver(Named.serial, nil)),
    .rule("structure/root-cells-wrong", log: .any, .hangs),
    .rule(
      "structure/unknown-status", text: "&disk {\n  status = \"enabled\";\n};", .absent(Named.disk)),
    .rule(
      "structure/misspelt-property", example: 2, .works(Named.disk),
      .logs("0x0000000060000000..0x000000006000ffff (64 KiB) map non-reusable firmware@60000000")),
    .rule("structure/nearly-known-compatible", .driver("/flash@4000000", nil)),
  ]
}

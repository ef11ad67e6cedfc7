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
  ]
}

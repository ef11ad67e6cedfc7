extension RuleBoots {
  static let riscv: [BootCase] = [
    .rule("guest/hart-unusable", .panics),
    .rule(
      "guest/hart-unusable", example: 1, log: .line("CPU with hartid=0 does not support rv64ima"),
      .panics),
    .rule(
      "guest/hart-unusable", example: 2, log: .line("CPU with hartid=0 does not support rv64ima"),
      .panics),
    // The disk is scanned for partitions before there is a first process.
    .rule("guest/source-out-of-range", .hangs),
    .rule("guest/source-out-of-range", example: 1, .hangs),
    .rule("guest/source-out-of-range", example: 2, .hangs),
    .rule("guest/uart-without-clock", .driver("/soc/serial@10000000", nil)),
  ]
}

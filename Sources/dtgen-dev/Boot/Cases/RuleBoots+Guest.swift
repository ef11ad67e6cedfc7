import PlatformLint

extension RuleBoots {
  private static let two = GuestMachine.virt.cpus(2)

  static let guest: [BootCase] = [
    .rule("guest/cpu-address-duplicate", on: two, .cpus(1), .works(Named.disk)),
    .rule(
      "guest/cpu-address-invalid", twin: .text(.virt, second), on: two, .cpus(1), .works(Named.disk)
    ),
    .rule("guest/cpu-without-enable-method", on: two, .cpus(1), .works(Named.disk)),
    .rule("guest/dead-interrupt-controller", .fails(Named.riscvDisk)),
    .rule("guest/earlycon-address", .hangs),
    .rule(
      "guest/gic-malformed", text: "&gic {\n  reg = <0x0 0x8000000 0x0 0x10000>;\n};", .hangs),
    .rule("guest/hart-without-controller", .panics),
    .rule("guest/hart-without-isa", .panics),
    .rule("guest/its-malformed", .works(Named.function)),
    .rule("guest/no-cpu", on: two, .cpus(1), .works(Named.disk)),
    .rule("guest/no-interrupt-controller", .hangs),
    .rule("guest/no-psci", on: two, .cpus(1), .works(Named.disk)),
    .rule("guest/no-timebase", .panics),
    .rule("guest/no-timer", .panics),
    .rule("guest/not-a-primecell", .driver(Named.serial, nil)),
    .rule("guest/plic-without-sources", .fails(Named.riscvDisk)),
    .rule(
      "guest/primecell-without-clock", log: .line("Warning: unable to open an initial console."),
      .driver(Named.serial, nil)),
    .rule("guest/psci-method", example: 1, .works(Named.disk)),
    .rule("guest/redistributors-too-small", on: two, .panics),
    .rule(
      "guest/stdout-missing",
      text: """
        &chosen {
          stdout-path = "/serial@9000001";
          bootargs = "earlycon console=ttyAMA0";
        };
        """, .works(Named.disk)),
    .rule("guest/timer-interrupt-out-of-range", .hangs),
    .rule("guest/timer-interrupts", .hangs),
    .rule("guest/timer-trigger", .works(Named.disk)),
    .rule(
      "guest/tree-too-large", log: .any(because: "the line goes to an early console alone"), .hangs),
    .rule("guest/unknown-enable-method", on: two, .cpus(1), .works(Named.disk)),
    .rule("guest/clock-without-frequency", .driver(Named.serial, nil), .works(Named.disk)),
    .rule(
      "guest/command-line-too-long",
      text: """
        \(second)
        &chosen {
          bootargs = "\(String(repeating: "parameter=012345 ", count: 128))maxcpus=1";
        };
        """, twin: .text(.virt, halved), on: two, .cpus(2), .works(Named.disk)),
    .rule("guest/its-over-registers", .works(Named.function)),
    .rule(
      "guest/primecell-registers", .panics),
    .rule(
      "guest/primecell-registers", example: 1,
      log: .line("Warning: unable to open an initial console."), .driver(Named.serial, nil)),
    .rule(
      "guest/psci-without-functions",
      text: "\(second)\n/ {\n  psci {\n    compatible = \"arm,psci\";\n  };\n};",
      twin: .text(.virt, second), on: two, .cpus(1), .works(Named.disk)),
    .rule("guest/release-address-missing", on: two, .cpus(1), .works(Named.disk)),
    .rule("guest/timer-frequency-zero", .panics),
  ]

  /// Two processors, of which the kernel is told to use one.
  static let halved = second + "\n&chosen {\n  bootargs = \"console=ttyAMA0 maxcpus=1\";\n};"

  /// A second processor.
  static let second = """
    / {
      cpus {
        cpu@1 {
          device_type = "cpu";
          compatible = "arm,cortex-a57";
          reg = <1>;
          enable-method = "psci";
        };
      };
    };
    """
}

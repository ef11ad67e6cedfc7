import DTGenTestSupport
import Foundation
import Testing

@Suite("dtgen build --tables-at", .requiresDistribution)
struct TablesAtTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    for (name, firmware) in [("complete", ".hardwareReducedACPI"), ("beside", ".acpi")] {
      try scratch.write(
        Array(
          """
          import PlatformDescription

          let platform = Platform("p") {
            VirtualMachine(
              "guest", on: .qemuVirt(gic: .v3, firmware: true), cpus: 1, memory: .gib(1),
              firmware: \(firmware)
            ) {
              VirtioMMIO(.block, at: 0x0b00_0000, interrupt: .spi(100, .edgeRising))
            }
          }

          """.utf8), to: name + ".swift")
    }
  }

  private func build(_ arguments: String...) throws -> Tool.Result {
    try Command.run(["build", "-o", "out"] + arguments, in: scratch)
  }

  @Test(
    "takes what memory has room for, at a multiple of 16 bytes",
    arguments: [
      ("0", "can't be where tables start"), ("0x4000_0008", "can't be where tables start"),
      ("0x1000_0000", "outside of its memory at 0x40000000 to 0x7fffffff"),
      ("0x7fff_fff0", "outside of its memory"),
      ("0xffff_ffff_ffff_fff0", "end behind the last address"),
    ])
  func address(text: String, words: String) throws {
    let result = try build("complete.swift", "--emit", "acpi", "--tables-at", text)
    #expect(result.status == 64)
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  @Test("says where it has no effect, and has one where it is right")
  func effect() throws {
    let right = try build("complete.swift", "--emit", "acpi", "--tables-at", "0x7f00_0000")
    #expect(right.status == 0, "\(right.errors)")
    for arguments in [["beside.swift"], ["complete.swift", "--emit", "fw-cfg"]] {
      let result = try Command.run(
        ["build", "-o", "out2", "--tables-at", "0x7f00_0000"] + arguments, in: scratch)
      #expect(result.status == 64)
      #expect(result.errors.contains("--tables-at has no effect"), "\(result.errors)")
    }
  }
}

import ACPI
import DTGenTestSupport
import Testing

@Suite("acpiexec loads what is written", .requires(.acpiexec))
struct ACPIExecTests {
  /// What acpiexec prints for `command`, without its own lines around it.
  private func evaluate(_ command: String, _ block: DefinitionBlock) throws -> String {
    let result = try ACPIExec.run([command], on: [block.bytes()])
    #expect(result.complaints == "")
    return result.text
  }

  @Test("and sees the values described")
  func values() throws {
    let block = VirtioTable.prp0001(count: 2)
    #expect(
      try evaluate("evaluate \\_SB.V001._UID", block).contains("[Integer] = 0000000000000001"))
    #expect(try evaluate("evaluate \\_SB.V001._HID", block).contains("\"PRP0001\""))
    #expect(
      try evaluate("evaluate \\_SB.V001._CCA", block).contains("[Integer] = 0000000000000001"))
    let properties = try evaluate("evaluate \\_SB.V001._DSD", block)
    #expect(properties.contains("\"compatible\""))
    #expect(properties.contains("\"virtio,mmio\""))
    let resources = try evaluate("resources \\_SB.V001", block)
    #expect(resources.contains("0A000200"))
    #expect(resources.contains("00000200"))
    #expect(resources.contains("00000031"))
    #expect(resources.contains("Edge"))
  }

  @Test("and runs methods")
  func methods() throws {
    let block = DefinitionBlock.ssdt(
      "METHODS",
      [
        .method(
          Method(
            "SUMS", argumentCount: 1,
            body: [
              .store(.integer(0), into: .local(0)),
              .while(
                .operation(.logicalGreater, [.argument(0), .integer(0)]),
                [
                  .operation(.add, [.local(0), .argument(0), .local(0)]),
                  .operation(.decrement, [.argument(0)]),
                ]),
              .if(
                .equal(.local(0), .integer(0xf)), [.return(.local(0))],
                else: [.return(.integer(0))]),
            ]))
      ])
    #expect(try evaluate("evaluate \\SUMS 5", block).contains("[Integer] = 000000000000000F"))
  }

  @Test("objects of every kind")
  func objects() throws {
    // Something has to declare what the table takes for granted.
    let base = DefinitionBlock(
      TableHeader("DSDT", revision: 2, oemTableID: "BASE"),
      [
        .name("NUMB", .integer(1)),
        .device(
          "\\_SB.PCI0",
          [.method(Method("CALL", argumentCount: 2, body: [.return(.argument(0))]))]),
      ])
    let result = try ACPIExec.run(
      ["evaluate \\_SB.PCI0.DEV0.MTH1 7 8"], on: [base.bytes(), SampleTerms.objects.bytes()])
    #expect(result.text.contains("[Integer] = 0000000000000007"), "\(result.text)")
  }
}

import ACPI
import DTGenTestSupport
import Testing

@Suite("iasl compiles the text to the same bytes", .requires(.iasl))
struct IASLAgreementTests {
  @Test("of each resource descriptor", arguments: SampleDescriptors.all)
  func descriptors(_ descriptor: ResourceDescriptor) throws {
    try expectAgreement(
      .ssdt("RESOURCE", [.device("\\_SB.DEV0", [.name("A_CR", .resources([descriptor]))])]))
  }

  @Test("of dependent functions")
  func dependentFunctions() throws {
    try expectAgreement(
      .ssdt(
        "DEPEND",
        [
          .device(
            "\\_SB.DEV0",
            [
              .name("_UID", .integer(1)),
              .name(
                "A_RS",
                .resources([
                  .startDependent(DependentPriority(compatibility: 0, performance: 1)),
                  .irq(IRQDescriptor(mask: 0x10)),
                  .startDependent(nil), .irq(IRQDescriptor(mask: 0x20)), .endDependent,
                ])),
            ])
        ]))
  }

  @Test("of objects of every kind")
  func objects() throws { try expectAgreement(SampleTerms.objects) }

  @Test("of statements and expressions of every kind")
  func statements() throws { try expectAgreement(SampleTerms.statements) }

  @Test("of a table whose integers have 32 bits")
  func revision1() throws {
    try expectAgreement(
      DefinitionBlock(
        TableHeader("SSDT", revision: 1, oemTableID: "REV1"),
        [.name("ALLB", .integer(0xffff_ffff)), .name("HALF", .integer(0x7fff_ffff))]))
  }

  @Test("of a DSDT")
  func dsdt() throws {
    try expectAgreement(
      DefinitionBlock(
        TableHeader("DSDT", revision: 2, oemTableID: "WHOLE"),
        [.scope("\\_SB", [.name("ABCD", .integer(5)), .name("EFGH", .integer(6))])]))
  }

  @Test("of a hundred devices of virtio-mmio")
  func devices() throws { try expectAgreement(VirtioTable.prp0001(count: 100)) }

  @Test("and disassembles the bytes without a complaint")
  func disassembly() throws {
    for block in [SampleTerms.objects, VirtioTable.prp0001(count: 3)] {
      #expect(try IASL.disassemble([block.bytes()]).warnings == "")
    }
  }
}

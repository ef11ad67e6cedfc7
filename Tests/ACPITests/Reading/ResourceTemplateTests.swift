import ACPI
import DTGenTestSupport
import Testing

@Suite("Resources that are none")
struct ResourceTemplateTests {
  @Test(
    "are a problem with its place",
    arguments: [
      ([], .badDescriptor, 0), ([0x22, 0x10], .badDescriptor, 0),
      ([0x22, 0x10, 0x00], .badDescriptor, 3), ([0x86, 9], .truncated, 0),
      ([0x86, 9, 0, 1, 0, 0], .badDescriptor, 0), ([0x79, 0x20], .badChecksum, 1),
      ([0x79, 0, 0], .badDescriptor, 2), ([0x78], .badDescriptor, 0),
      ([0x0b, 1, 2, 3, 0x79, 0], .badDescriptor, 0), ([0x83, 0, 0, 0x79, 0], .badDescriptor, 0),
      // A register of 18 bytes, as one emitter writes it.
      ([0x82, 0x12, 0] + [UInt8](repeating: 0, count: 18) + [0x79, 0], .badDescriptor, 0),
      // An interrupt descriptor of no interrupt, and one that claims more than it has.
      ([0x89, 6, 0, 1, 0, 0, 0, 0, 0, 0x79, 0], .badDescriptor, 0),
      ([0x89, 6, 0, 1, 2, 0, 0, 0, 0, 0x79, 0], .badDescriptor, 0),
    ] as [([UInt8], ACPIError.Code, Int)])
  func problems(bytes: [UInt8], code: ACPIError.Code, offset: Int) {
    let problems = ResourceTemplate(bytes, 0..<bytes.count).problems
    #expect(problems.first?.code == code, "\(problems)")
    #expect(problems.first?.byteOffset == offset, "\(problems)")
  }

  @Test("an end tag may have the right checksum")
  func checksum() {
    #expect(ResourceTemplate([0x79, 0x87], 0..<2).problems == [])
  }

  @Test("every descriptor may have any length and any bytes", arguments: SampleDescriptors.all)
  func mutations(_ descriptor: ResourceDescriptor) throws {
    let bytes = try Term.resources([descriptor]).bytes()
    for place in bytes.indices.dropFirst(3) {
      for value: UInt8 in [0, 1, 2, 0x17, 0x7f, 0x80, 0xff] {
        var mutated = bytes
        mutated[place] = value
        let template = ResourceTemplate(mutated, 4..<mutated.count)
        // What is read of it may be written again.
        _ = try? Term.resources(template.descriptors).bytes()
        _ = DefinitionBlock.ssdt("X", [.name("A", .resources(template.descriptors))]).sourceText
      }
    }
  }
}

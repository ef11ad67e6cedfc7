import ACPI
import DTGenTestSupport
import Testing

@Suite("What is written is read back")
struct RoundTripTests {
  static let blocks: [DefinitionBlock] = [
    SampleTerms.objects, SampleTerms.statements, VirtioTable.prp0001(count: 100),
  ]

  @Test("as the same terms", arguments: blocks)
  func terms(_ block: DefinitionBlock) throws {
    let bytes = try block.bytes()
    let namespace = try Namespace(file: bytes)
    #expect(namespace.problems == [])
    let read = try #require(namespace.definitionBlock(ofTable: 0))
    #expect(read.header == block.header)
    #expect(read.externals == block.externals)
    let again = try read.bytes()
    #expect(again == bytes, "\(firstDifference(again, bytes))")
    let (text, expected) = (read.sourceText, block.sourceText)
    let isSame = text == expected
    #expect(isSame, "\(Golden.firstDifference(expected, text))")
  }

  @Test("as the same descriptor", arguments: SampleDescriptors.all)
  func descriptors(_ descriptor: ResourceDescriptor) throws {
    let block = DefinitionBlock.ssdt("RESOURCE", [.name("BUFF", .resources([descriptor]))])
    let namespace = try Namespace(file: block.bytes())
    #expect(namespace.problems == [])
    let template = try #require(namespace.root.resources(of: "BUFF").value)
    #expect(template.problems == [])
    #expect(template.descriptors == [descriptor])
  }

  @Test("what iasl compiles is read", .requires(.iasl), arguments: blocks)
  func compiled(_ block: DefinitionBlock) throws {
    let theirs = try IASL.compile(block.sourceText, options: ["-on", "-of"]).bytes
    let namespace = try Namespace(file: theirs)
    #expect(namespace.problems == [])
    let again = try #require(namespace.definitionBlock(ofTable: 0)).bytes()
    #expect(anonymous(again) == anonymous(theirs))
  }
}

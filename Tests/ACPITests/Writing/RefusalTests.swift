import ACPI
import Testing

@Suite("What has no encoding is refused")
struct RefusalTests {
  static let terms: [Term] = [
    .string("a\0b"), .string("ä"), .local(8), .argument(7),
    .call("ABCD", [Term](repeating: .integer(0), count: 8)),
    .package([.integer(0), .integer(1)], count: 1), .package([], count: -1),
    .method(Method("ABCD", argumentCount: 8, body: [])),
    .method(Method("ABCD", syncLevel: 16, body: [])),
    .external(External("ABCD", .method, argumentCount: 8)),
    .operation(.add, []), .operation(.add, [.integer(1), .integer(1), .local(0), .local(0)]),
    .operation(.store, [.integer(1), .nothing]), .operation(.device, []),
    .operation(Opcode(rawValue: 0x02), []), .operation(.mutex, [.path("ABCD"), .integer(256)]),
    .operation(.mutex, [.integer(1), .integer(1)]),
    .field(Field(.region("ABCD"), access: .any, [.named("ABCD", bits: 1 << 28)])),
    .field(Field(.region("ABCD"), access: .any, [.reserved(bits: -1)])),
  ]

  static let descriptors: [ResourceDescriptor] = [
    .vendorShort([]), .vendorShort([UInt8](repeating: 0, count: 8)),
    .vendorLong([UInt8](repeating: 0, count: 65_536)),
    .interrupt(ExtendedInterrupt([], mode: .edgeRising)),
    .interrupt(ExtendedInterrupt([UInt32](repeating: 0, count: 256), mode: .edgeRising)),
    .addressSpace(
      AddressSpaceDescriptor(.doubleWord, .memory(.cacheable), minimum: 1 << 32, length: 1)),
    .addressSpace(
      AddressSpaceDescriptor(.word, .io(.entireRange), minimum: 0, length: 0x1_0000)),
    .unknown(tag: 0x0b, payload: [1]),
  ]

  @Test("a term", arguments: terms)
  func term(_ term: Term) {
    #expect(throws: ACPIError(.notWritable, "")) { try term.bytes() }
  }

  @Test("a descriptor", arguments: descriptors)
  func descriptor(_ descriptor: ResourceDescriptor) {
    #expect(throws: ACPIError(.notWritable, "")) { try Term.resources([descriptor]).bytes() }
  }

  @Test("terms nested a thousand deep")
  func depth() {
    var term = Term.operation(.noOp, [])
    for _ in 0..<1000 { term = .while(.integer(1), [term]) }
    #expect(throws: ACPIError(.limitExceeded, "")) { try term.bytes() }
    var package = Term.package([])
    for _ in 0..<1000 { package = .package([package]) }
    #expect(throws: ACPIError(.limitExceeded, "")) { try package.bytes() }
    var sum = Term.integer(1)
    for _ in 0..<1000 { sum = .operation(.add, [sum, .integer(1)]) }
    #expect(throws: ACPIError(.limitExceeded, "")) { try sum.bytes() }
  }

  @Test("a header with texts that don't fit")
  func header() {
    for header in [
      TableHeader("SSD", revision: 2, oemTableID: "X"),
      TableHeader("SSDT", revision: 2, oemTableID: "123456789"),
      TableHeader("SSDT", revision: 2, oemTableID: "ä"),
    ] {
      #expect(throws: ACPIError(.notWritable, "")) { try header.table([]) }
    }
  }
}

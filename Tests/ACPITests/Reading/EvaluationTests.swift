import ACPI
import DTGenTestSupport
import Testing

@Suite("Values that are written down")
struct EvaluationTests {
  private func namespace(_ terms: [Term]) throws -> Namespace {
    try Namespace(file: DefinitionBlock.ssdt("VALUES", terms).bytes())
  }

  private func device(_ terms: [Term]) throws -> Namespace.Object {
    let namespace = try namespace([.device("\\_SB.DEV0", terms)])
    #expect(namespace.problems == [])
    return try #require(namespace.object(at: "\\_SB.DEV0"))
  }

  @Test("of what every device has")
  func identity() throws {
    let device = try device([
      .name("_HID", .eisaID("PNP0A08")),
      .name("_CID", .package([.eisaID("PNP0A03"), .string("PRP0001")])),
      .name("_UID", .string("zero")), .name("_ADR", .integer(0x1f_0003)),
      .name("_STA", .integer(15)), .name("_CCA", .integer(1)), .name("_BBN", .integer(0x80)),
      .name("_SEG", .integer(2)),
    ])
    #expect(device.hardwareID.value?.text == "PNP0A08")
    #expect(device.hardwareID.value?.isCompressed == true)
    #expect(device.compatibleIDs.value?.map(\.text) == ["PNP0A03", "PRP0001"])
    #expect(device.uniqueID.value == .string("zero"))
    #expect(device.address.value == 0x1f_0003)
    #expect(device.status.value == 15)
    #expect(device.cacheCoherency.value == 1)
    #expect(device.baseBusNumber.value == 0x80)
    #expect(device.segment.value == 2)
  }

  @Test("of methods that return no more than that, of aliases, and of names of names")
  func indirect() throws {
    let device = try device([
      .name("VAL0", .integer(7)), .alias("VAL0", "_UID"),
      .method(Method("_STA", body: [.return(.integer(15))])),
      .method(Method("_CCA", body: [.return(.path("VAL0"))])),
      .name("RBUF", .resources([.memory32Fixed(isWritable: true, base: 1, length: 2)])),
      .method(Method("_CRS", body: [.return(.path("RBUF"))])),
    ])
    #expect(device.uniqueID.value == .integer(7))
    #expect(device.status.value == 15)
    #expect(device.cacheCoherency.value == 7)
    #expect(
      device.currentResources.value?.descriptors == [
        .memory32Fixed(isWritable: true, base: 1, length: 2)
      ])
  }

  @Test("are told from those that are not, with the reason and its place")
  func unknown() throws {
    let device = try device([
      .method(Method("_STA", body: [.store(.integer(1), into: .local(0)), .return(.local(0))])),
      .method(Method("_CCA", argumentCount: 1, body: [.return(.integer(1))])),
      .method(Method("_ADR", body: [.return(.operation(.add, [.integer(1), .integer(2)]))])),
      .method(Method("_UID", body: [.return(.path("NONE"))])),
      .name("_HID", .integer(5)), .name("_CRS", .integer(0)), .name("_SEG", .string("x")),
      .method(Method("_BBN", body: [.return(.path("^_BBN"))])),
    ])
    func isComputed(_ problem: ACPIError?) -> Bool {
      problem?.code == .notStatic && problem?.byteOffset != nil && problem?.objectPath != nil
    }
    #expect(isComputed(device.status.problem))
    #expect(isComputed(device.cacheCoherency.problem))
    #expect(isComputed(device.address.problem))
    #expect(isComputed(device.uniqueID.problem))
    #expect(isComputed(device.baseBusNumber.problem))
    #expect(device.hardwareID.problem?.code == .badValue)
    #expect(device.currentResources.problem?.code == .badValue)
    #expect(device.segment.problem?.code == .badValue)
    if case .absent = device.compatibleIDs {} else { Issue.record("there is no _CID") }
  }

  @Test("of a method that an If decides on, and of one that only runs")
  func conditional() throws {
    let namespace = try namespace([
      .if(.integer(1), [.name("MAYB", .integer(1))], else: nil),
      .method(Method("MAIN", body: [.name("TEMP", .integer(1))])),
    ])
    #expect(namespace.problems == [])
    #expect(namespace.object(at: "\\MAYB")?.isConditional == true)
    #expect(namespace.object(at: "\\MAIN.TEMP")?.isTemporary == true)
    #expect(!namespace.objects.contains { $0.isTemporary })
  }

  @Test("of device properties")
  func properties() throws {
    let device = try device([
      .deviceProperties(
        [
          ("compatible", .package([.string("a"), .string("b")])), ("reg", .integer(4)),
          ("link", .path("OTHR")), ("gone", .path("\\_SB.NONE")),
        ], subnodes: [("port", "SUB0")]),
      .name("SUB0", .package([.uuid(.deviceProperties), .package([])])),
      .device("OTHR", []),
    ])
    let properties = try #require(device.deviceProperties.value)
    #expect(properties.problems == [])
    #expect(properties.properties.map(\.name) == ["compatible", "reg", "link", "gone"])
    #expect(properties.property("compatible")?.elements?.compactMap(\.string) == ["a", "b"])
    #expect(properties.property("reg")?.integer == 4)
    #expect(properties.property("link")?.referencedObject?.path == "\\_SB.DEV0.OTHR")
    #expect(properties.property("gone")?.isReference == true)
    #expect(properties.property("gone")?.referencedObject?.isDeclared != true)
    #expect(properties.subnodes.map(\.name) == ["port"])
    #expect(properties.subnodes.first?.value.string == "SUB0")
    #expect(device.deviceProperties(in: "SUB0").value?.properties.isEmpty == true)
  }

  @Test(
    "of malformed properties",
    arguments: [
      [.uuid(.deviceProperties)], [.string("x"), .package([])],
      [.uuid(.deviceProperties), .integer(1)],
      [.uuid(.deviceProperties), .package([.package([.string("bad")])])],
      [.uuid(.deviceProperties), .package([.integer(1)])],
      [.uuid(.deviceProperties), .package([.package([.integer(1), .integer(1)])])],
    ] as [[Term]])
  func malformed(_ elements: [Term]) throws {
    let device = try device([.name("_DSD", .package(elements))])
    let problems = try #require(device.deviceProperties.value).problems
    #expect(problems == [ACPIError(.badValue, "")])
    #expect(problems.first?.byteOffset != nil)
  }

  @Test("of interrupt routing")
  func routing() throws {
    let device = try device([
      .device("LNKA", [.name("_UID", .integer(0))]),
      .name(
        "_PRT",
        .package([
          .package([.integer(0xffff), .integer(0), .integer(0), .integer(35)]),
          .package([.integer(0x1_ffff), .integer(1), .path("LNKA"), .integer(0)]),
          .package([.integer(0x1_ffff), .integer(1)]),
        ])),
    ])
    let routing = try #require(device.interruptRouting.value)
    #expect(routing.problems == [ACPIError(.badValue, "")])
    #expect(routing.entries.map(\.pin) == [0, 1])
    #expect(routing.entries.map(\.address) == [0xffff, 0x1_ffff])
    if case .interrupt(35) = routing.entries[0].target {} else { Issue.record("no interrupt 35") }
    guard case .link(let link, 0) = routing.entries[1].target else {
      Issue.record("no link")
      return
    }
    #expect(link?.path == "\\_SB.DEV0.LNKA")
  }

  @Test("have the place where they stand")
  func places() throws {
    let bytes = try DefinitionBlock.ssdt(
      "PLACE", [.device("DEV0", [.name("_UID", .integer(0x1234))])]
    ).bytes()
    let namespace = try Namespace(file: bytes)
    let object = try #require(namespace.object(at: "\\DEV0._UID"))
    let range = try #require(object.byteRange)
    #expect(Array(bytes[range]) == [8] + Array("_UID".utf8) + [0x0b, 0x34, 0x12])
    #expect(object.evaluation.value?.byteRange == (range.upperBound - 3)..<range.upperBound)
    #expect(namespace.object(at: "\\DEV0")?.byteOffset == 36)
  }
}

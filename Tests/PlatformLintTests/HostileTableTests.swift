import ACPI
import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint
import Testing

@Suite("Tables that nobody vouches for, judged")
struct HostileTableTests {
  /// Numbers that are the same in every run.
  private struct Numbers {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(limit))
    }
  }

  /// The tree that hostile tables are held against; nil without dtc.
  private static let tree: GuestView? = {
    guard let bytes = try? ExampleCompiler(Example(in: .iommu, "").source).bytes,
      let tree = try? FlattenedTree(bytes)
    else { return nil }
    return GuestView(tree: tree)
  }()

  private static func judge(_ bytes: [UInt8]) {
    guard let file = try? TableFile(bytes) else { return }
    let set = TableSet([TableSet.Member(file, name: "hostile.aml")])
    for architecture: Architecture? in [.arm64, .x86, nil] {
      let view = TablesView(
        set, architecture: architecture.map(ArchitectureOfTables.init(askedFor:)))
      let findings = Linter().lint(view).findings
      let lines = TableLines(view.namespace, tables: Array(set.tables.indices))
      for finding in findings {
        _ = lines.lines(of: finding.place)
        #expect((finding.place.byteOffset ?? 0) <= bytes.count)
      }
      #expect(view.dmaDevices.count <= view.devices.count)
      guard let tree else { continue }
      for finding in Linter().lint(ParityView(tree: tree, tables: view)).findings
      where finding.place.file == "hostile.aml" {
        #expect((finding.place.byteOffset ?? 0) <= bytes.count)
      }
    }
  }

  @Test("bytes that are changed, left out or put in do no harm", arguments: 0..<8)
  func changed(seed: Int) throws {
    let tables = try PlantedDefect.all.map { try $0.tables() }
    var numbers = Numbers(state: UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1)
    for _ in 0..<150 {
      var bytes = tables[numbers.next(below: tables.count)]
      if numbers.next(below: 2) == 0 {
        bytes += tables[numbers.next(below: tables.count)]
      }
      for _ in 0...numbers.next(below: 6) {
        let place = numbers.next(below: bytes.count)
        switch numbers.next(below: 4) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(UInt8(numbers.next(below: 256)), at: place)
        default: bytes[place] = UInt8(numbers.next(below: 256))
        }
      }
      Self.judge(bytes)
    }
  }

  @Test("every beginning of a set is judged without harm")
  func cut() throws {
    let bytes =
      try PlantedDefect.table("DSDT", [PlantedDefect.device()] + PlantedDefect.host)
      + MCFG([.init(base: 0x40_1000_0000)]).bytes() + PlantedDefect.iort()
      + MADT([.gicd(id: 0, address: 0x0800_0000, version: 3), .gicc(GICC(uid: 0, mpidr: 0))])
      .bytes()
    for count in 1..<bytes.count { Self.judge(Array(bytes.prefix(count))) }
  }

  @Test("a limit that is passed ends the look at a set, and is no finding about it")
  func limits() throws {
    let many = [ResourceDescriptor](
      repeating: .memory32Fixed(isWritable: true, base: 0x1000, length: 0x200), count: 5000)
    var deep: Term = .device("DEEP", [])
    for _ in 0..<200 { deep = .device("DEEP", [deep]) }
    let tables = [
      "descriptors": try PlantedDefect.table([.device("DEV0", [.name("_CRS", .resources(many))])]),
      "nested": try PlantedDefect.table([deep]),
    ]
    for (words, table) in tables {
      let set = TableSet([TableSet.Member(try TableFile(table), name: "limit.aml")])
      let view = TablesView(set, architecture: ArchitectureOfTables(askedFor: .arm64))
      #expect(view.limitPassed?.error.code == .limitExceeded)
      #expect(view.limitPassed?.error.message.contains(words) == true)
      let rules = Set(Linter().lint(view).findings.map(\.rule))
      #expect(rules.isDisjoint(with: ["acpi/aml-malformed", "acpi/crs-malformed"]))
    }
    let file = try TableFile(try PlantedDefect.table([PlantedDefect.device()]))
    let set = TableSet([TableSet.Member(file, name: "small.aml")])
    #expect(TablesView(set).limitPassed == nil)
    for limits in [
      ACPILimits(maximumAMLSize: 40), ACPILimits(maximumObjects: 11),
      ACPILimits(maximumTerms: 3), ACPILimits(maximumResources: 1),
    ] {
      #expect(TablesView(set, limits: limits).limitPassed?.error.code == .limitExceeded)
    }
  }

  @Test("what is found of one rule has an end, and time grows with size alone")
  func many() throws {
    let devices = (0..<5000).map { index in
      let name = NamePath(stringLiteral: "D" + String(0x1000 + index, radix: 36, uppercase: true))
      return PlantedDefect.device(name, cca: false)
    }
    let file = try TableFile(try PlantedDefect.table(devices))
    let view = TablesView(
      TableSet([TableSet.Member(file, name: "many.aml")]),
      architecture: ArchitectureOfTables(askedFor: .arm64))
    let start = ContinuousClock.now
    let report = Linter().lint(view)
    #expect(ContinuousClock.now - start < .seconds(60))
    #expect(report.findings.count { $0.rule == "acpi/cca-missing" } == Linter.mostFindings)
    #expect(report.omitted.contains { $0.rule == "acpi/cca-missing" && $0.count == 4000 })
  }
}

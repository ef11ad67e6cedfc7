import DTGenTestSupport
import Foundation
import Testing

@Suite("dtgen build --emit facts", .requiresDistribution)
struct FactsCommandTests {
  private typealias Row = [String: Any]

  private static let fixtures = [
    "static-share", "three-machines-two-shares", "protected-kvm", "smmuv3", "virtio-iommu-pci",
    "riscv64-aia", "dynamic-pool", "gpu-with-heap", "hypervisor-smmu",
  ]

  private static let compiler = Tool("cc", package: "gcc")

  /// The files of a fixture, in a directory of their own.
  private func build(_ fixture: String) throws -> ScratchDirectory {
    let scratch = try ScratchDirectory()
    let source = Repository.fixtures + "/platforms/\(fixture)/platform.swift"
    let result = try Command.run(
      ["build", source, "-q", "-o", "out", "--emit", "facts"], in: scratch)
    #expect(result.status == 0, "\(result.errors)")
    return scratch
  }

  private func document(_ scratch: ScratchDirectory, _ fixture: String) throws -> Row {
    let bytes = try #require(scratch.read("out/\(fixture)-facts.json"))
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? Row)
  }

  @Test(
    "is what its schema says, and the same each time", .requiresReportSchemas, arguments: fixtures)
  func schema(_ fixture: String) throws {
    let (one, other) = (try build(fixture), try build(fixture))
    let bytes = try #require(one.read("out/\(fixture)-facts.json"))
    #expect(try ReportOracle.faults(in: bytes, schema: "schemas/facts.schema.json") == "")
    for name in ["\(fixture)-facts.json", "\(fixture)-facts.c", "dtgen-facts.h"] {
      #expect(one.read("out/" + name) == other.read("out/" + name))
    }
  }

  /// What each table has, in the order in which the program prints it.
  private static let columns: [(table: String, columns: [String])] = [
    ("machines", ["name"]), ("memory", ["machine", "first", "last"]),
    ("regions", ["machine", "node", "kind", "mapped", "first", "last", "size"]),
    ("shares", ["name"]), ("parties", ["share", "machine", "role", "region", "first", "last"]),
    ("iommus", ["machine", "node", "kind", "id"]),
    (
      "devices",
      [
        "machine", "node", "kind", "function", "deviceID", "features", "outcome", "region", "iommu",
        "coherent", "backend",
      ]
    ), ("windows", ["device", "kind", "first", "last"]),
    ("interrupts", ["machine", "device", "node", "controller", "number", "trigger"]),
    ("streams", ["iommu", "device", "id", "count", "function"]),
    ("domains", ["name", "machine", "owner"]),
    ("members", ["domain", "iommu", "id", "guestIOMMU", "guestID"]),
  ]

  /// The order of the constants in the header.
  private static let constants = [
    "kind of regions": ["restrictedPool", "coherentPool", "contiguous", "reserved"],
    "role of parties": ["frontend", "backend", "peer"],
    "kind of iommus": ["smmuV3", "virtio", "pkvm", "other"],
    "kind of devices": ["virtioMMIO", "pciHost", "pciFunction", "other"],
    "outcome of devices": ["restrictedPool", "iommu", "allMemory", "absent", "notStated"],
    "kind of windows": ["registers", "pci"],
  ]

  /// A value of the JSON as the C program prints it.
  private static func text(_ value: Any?, _ column: String, of table: String) throws -> String {
    if let names = constants["\(column) of \(table)"] {
      let name = try #require(value as? String)
      return "\(try #require(names.firstIndex(of: name)))"
    }
    if column == "features" {
      var words: [UInt64] = [0, 0]
      let bits = try #require(value as? [Int])
      for bit in bits { words[bit / 64] |= 1 << UInt64(bit % 64) }
      return "\(words[0]),\(words[1])"
    }
    if let text = value as? String { return text }
    if let number = value as? NSNumber { return "\(number.uint64Value)" }
    switch column {
    case "first": return "1"
    case "last", "size": return "0"
    default: return "\(UInt32.max)"
    }
  }

  @Test(
    "is C that compiles without a warning and says the same", .requires(compiler),
    arguments: fixtures)
  func compiled(_ fixture: String) throws {
    let scratch = try build(fixture)
    let document = try document(scratch, fixture)
    var lines = ["version 1 \(fixture)"]
    for (table, columns) in Self.columns {
      for row in try #require(document[table] as? [Row]) {
        let values = try columns.map { try Self.text(row[$0], $0, of: table) }
        lines.append("\(table) \(values.joined(separator: " "))")
      }
    }
    try scratch.write(Array(Self.program.utf8), to: "out/print.c")
    let result = try Self.compiler.run(
      [
        "-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-o", "print", "print.c",
        "\(fixture)-facts.c",
      ], directory: scratch.path + "/out")
    #expect(result.status == 0, "\(result.errors)")
    let printed = try Tool(path: scratch.path + "/out/print", package: "gcc").run([])
    #expect(printed.text == lines.joined(separator: "\n") + "\n")
  }

  @Test("says who shares what, and where each device's DMA goes")
  func content() throws {
    let share = try document(try build("static-share"), "static-share")
    let parties = try #require(share["parties"] as? [Row])
    #expect(parties.map { $0["role"] as? String } == ["frontend", "backend"])
    #expect(parties.allSatisfy { $0["first"] as? Int == 0x5000_0000 })
    let devices = try #require(share["devices"] as? [Row]).filter {
      $0["kind"] as? String == "virtioMMIO"
    }
    #expect(devices.map { $0["outcome"] as? String } == ["restrictedPool", "restrictedPool"])
    #expect(devices.allSatisfy { $0["backend"] as? Int == 1 })

    let pkvm = try document(try build("protected-kvm"), "protected-kvm")
    let streams = try #require(pkvm["streams"] as? [Row])
    #expect(streams.map { $0["id"] as? Int } == [0x10])
    let all = try #require(pkvm["devices"] as? [Row])
    let accelerator = try #require(all.first { $0["node"] as? String == "/accelerator@b000000" })
    #expect(accelerator["outcome"] as? String == "iommu")
  }

  @Test("says which streams are in which domain, and what their owner sees of them")
  func domains() throws {
    let document = try document(try build("hypervisor-smmu"), "hypervisor-smmu")
    let domains = try #require(document["domains"] as? [Row])
    #expect(domains.map { $0["name"] as? String } == ["net", "media", "own"])
    #expect(domains.map { $0["owner"] as? Int } == [1, 2, 0])
    let members = try #require(document["members"] as? [Row])
    #expect(members.map { $0["id"] as? Int } == [0x10, 0x11, 0x20, 0x30])
    let iommus = try #require(document["iommus"] as? [Row])
    for member in members.prefix(3) {
      let guest = iommus[try #require(member["guestIOMMU"] as? Int)]
      let domain = domains[try #require(member["domain"] as? Int)]
      #expect(guest["kind"] as? String == "pkvm")
      #expect(guest["machine"] as? Int == domain["owner"] as? Int)
    }
  }

  @Test("is refused of tables, and of what has errors, whatever is forced")
  func refusals() throws {
    let scratch = try ScratchDirectory()
    let tables = try Command.run(
      [
        "build", Repository.fixtures + "/platforms/acpi-prp0001/platform.swift", "-q", "--emit",
        "facts",
      ], in: scratch)
    #expect(tables.status == 64)
    #expect(tables.errors.contains("facts are read from trees"))
    let wrong = try Command.run(
      [
        "build", Repository.fixtures + "/rejected/pool-off-the-page/platform.swift", "-q", "--emit",
        "facts", "--force",
      ], in: scratch)
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("facts are of a layout without errors"))
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    #expect(!files.contains { $0.contains("facts") })
  }

  private static let program = """
    #include <inttypes.h>
    #include <stdio.h>
    #include "dtgen-facts.h"

    #define EACH(table) for (uint32_t i = 0; i < dtgen_facts.table##_count; i++)
    #define N(table, column) printf(" %" PRIu64, (uint64_t)dtgen_facts.table[i].column)
    #define S(table, column) printf(" %s", dtgen_facts.table[i].column)
    #define END(table) putchar('\\n')

    int main(void) {
      printf("version %" PRIu32 " %s\\n", dtgen_facts.version, dtgen_facts.platform);
      EACH(machines) { printf("machines"); S(machines, name); END(machines); }
      EACH(memory) {
        printf("memory"); N(memory, machine); N(memory, first); N(memory, last); END(memory);
      }
      EACH(regions) {
        printf("regions"); N(regions, machine); S(regions, node); N(regions, kind); N(regions, mapped);
        N(regions, first); N(regions, last); N(regions, size); END(regions);
      }
      EACH(shares) { printf("shares"); S(shares, name); END(shares); }
      EACH(parties) {
        printf("parties"); N(parties, share); N(parties, machine); N(parties, role); N(parties, region);
        N(parties, first); N(parties, last); END(parties);
      }
      EACH(iommus) {
        printf("iommus"); N(iommus, machine); S(iommus, node); N(iommus, kind); N(iommus, id); END(iommus);
      }
      EACH(devices) {
        printf("devices"); N(devices, machine); S(devices, node); N(devices, kind); N(devices, function);
        N(devices, device_id);
        printf(" %" PRIu64 ",%" PRIu64, dtgen_facts.devices[i].features[0],
               dtgen_facts.devices[i].features[1]);
        N(devices, outcome); N(devices, region); N(devices, iommu); N(devices, coherent);
        N(devices, backend); END(devices);
      }
      EACH(windows) {
        printf("windows"); N(windows, device); N(windows, kind); N(windows, first); N(windows, last);
        END(windows);
      }
      EACH(interrupts) {
        printf("interrupts"); N(interrupts, machine); N(interrupts, device); S(interrupts, node);
        S(interrupts, controller); N(interrupts, number); N(interrupts, trigger); END(interrupts);
      }
      EACH(streams) {
        printf("streams"); N(streams, iommu); N(streams, device); N(streams, id); N(streams, count);
        N(streams, function); END(streams);
      }
      EACH(domains) {
        printf("domains"); S(domains, name); N(domains, machine); N(domains, owner); END(domains);
      }
      EACH(members) {
        printf("members"); N(members, domain); N(members, iommu); N(members, id);
        N(members, guest_iommu); N(members, guest_id); END(members);
      }
      return 0;
    }

    """
}

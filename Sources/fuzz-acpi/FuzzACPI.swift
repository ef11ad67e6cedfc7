import ACPI
import Diagnostics
import Fuzzing
import GuestView
import PlatformLint

/// Reads bytes as tables, looks at everything in them, and writes again what was read.
private func read(_ bytes: [UInt8]) {
  let limits = ACPILimits(maximumSize: 1 << 20)
  guard let file = try? TableFile(bytes, limits: limits) else { return }
  let namespace = Namespace(file.tables, limits: limits)
  for object in namespace.objects {
    _ = (object.path, object.evaluation, object.hardwareID, object.compatibleIDs, object.uniqueID)
    _ = (object.status, object.currentResources, object.dmaResources, object.interruptRouting)
    for property in object.deviceProperties.value?.properties ?? [] {
      _ = (property.value.kind, property.value.elements, property.value.referencedPath)
    }
  }
  for image in file.tables {
    _ = (try? MADT(image), try? MCFG(image), try? IORT(image), try? VIOT(image))
    _ = (try? FADT(image), try? GTDT(image), try? SPCR(image), try? DBG2(image), try? XSDT(image))
  }
  judge(file, limits)
  for table in file.tables.indices {
    _ = TableText(file.tables[table]).text
    guard let block = namespace.definitionBlock(ofTable: table) else { continue }
    _ = block.sourceText
    guard namespace.problems.isEmpty, let written = try? block.bytes() else { continue }
    // Of several tables, one may need another to be read.
    guard file.tables.count == 1 else { continue }
    let again = try? Namespace(file: written).definitionBlock(ofTable: 0)?.bytes()
    precondition(again == written, "what was read whole isn't read the same way again")
  }
}

/// Judges tables for each processor, and writes the report in every form.
private func judge(_ file: TableFile, _ limits: ACPILimits) {
  let set = TableSet([TableSet.Member(file, name: "fuzz.aml")])
  for architecture: Architecture? in [.arm64, .x86, .riscv64, nil] {
    let view = TablesView(
      set, architecture: architecture.map(ArchitectureOfTables.init(askedFor:)), limits: limits)
    let findings = Judge().judge(view, policyNames: ["fuzz.aml"]).flatMap(\.findings)
    let report = Report(
      tool: .init(name: "fuzz", version: "1"), rules: [],
      files: [.init("fuzz.aml", findings: findings, skipped: [])])
    _ = TextReport(style: TextStyle(styled: false)).text(for: report)
    _ = (JSONReport().bytes(report), SARIFReport().bytes(report))
    let lines = TableLines(view.namespace, tables: Array(set.tables.indices))
    for finding in findings { _ = lines.lines(of: finding.place) }
    for (device, outcome) in view.dmaDevices { _ = (device.ids, outcome) }
  }
}

/// What SwiftPM calls `main`.
@_cdecl("fuzz_acpi_main")
public func fuzzACPIMain(
  _ argumentCount: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  FuzzDriver.run(argumentCount, arguments) { start, count in
    read(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  }
}

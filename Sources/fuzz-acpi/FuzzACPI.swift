import ACPI
import Diagnostics
import Fuzzing
import GuestView
import PlatformLint

/// Reads bytes as tables, looks at everything in them, and writes again what was read.
///
/// What is done with what was found is decided by the bytes, so that an input does the same in each run: reading
/// is what takes hostile bytes, and to judge for four processors and to print every form of a report takes ten
/// times as long. A change of any byte of a table decides anew.
private func read(_ bytes: [UInt8]) {
  let limits = ACPILimits(maximumSize: 1 << 20)
  guard let file = try? TableFile(bytes, limits: limits) else { return }
  let choice = Int(bytes.reduce(UInt32(0)) { ($0 &* 31) &+ UInt32($1) } >> 8)
  let architectures: [Architecture?] = [.arm64, .x86, .riscv64, nil]
  let view = TablesView(
    TableSet([TableSet.Member(file, name: "fuzz.aml")]),
    architecture: architectures[choice & 3].map(ArchitectureOfTables.init(askedFor:)),
    limits: limits)
  let namespace = view.namespace
  for object in namespace.objects {
    _ = (object.path, object.evaluation, object.hardwareID, object.compatibleIDs, object.uniqueID)
    _ = (object.status, object.currentResources, object.dmaResources, object.interruptRouting)
    for property in object.deviceProperties.value?.properties ?? [] {
      _ = (property.value.kind, property.value.elements, property.value.referencedPath)
    }
  }
  for image in file.tables { _ = try? XSDT(image) }
  let findings = Judge().judge(view, policyNames: ["fuzz.aml"]).flatMap(\.findings)
  for (device, outcome) in view.dmaDevices { _ = (device.ids, outcome) }
  switch choice >> 2 & 7 {
  case 0: report(findings, view)
  case 1, 2: printed(file, namespace)
  case 3, 4: rewritten(file, namespace)
  default: break
  }
}

/// Writes a report in every form, and finds the lines of its places.
private func report(_ findings: [Finding], _ view: TablesView) {
  let report = Report(
    tool: .init(name: "fuzz", version: "1"), rules: [],
    files: [.init("fuzz.aml", findings: findings, skipped: [])])
  _ = TextReport(style: TextStyle(styled: false)).text(for: report)
  _ = (JSONReport().bytes(report), SARIFReport().bytes(report))
  let lines = TableLines(view.namespace, tables: Array(view.set.tables.indices))
  for finding in findings { _ = lines.lines(of: finding.place) }
}

/// Prints tables as text.
private func printed(_ file: TableFile, _ namespace: Namespace) {
  for table in file.tables.indices {
    _ = TableText(file.tables[table]).text
    _ = namespace.definitionBlock(ofTable: table)?.sourceText
  }
}

/// Writes again what was read.
private func rewritten(_ file: TableFile, _ namespace: Namespace) {
  // Of several tables, one may need another to be read.
  guard file.tables.count == 1, namespace.problems.isEmpty,
    let written = try? namespace.definitionBlock(ofTable: 0)?.bytes()
  else { return }
  let again = try? Namespace(file: written).definitionBlock(ofTable: 0)?.bytes()
  precondition(again == written, "what was read whole isn't read the same way again")
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

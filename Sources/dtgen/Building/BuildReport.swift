import Diagnostics
import FoundationEssentials
import PlatformDescription
import PlatformLowering

/// What `dtgen build --format json` prints.
struct BuildReport: Encodable {
  /// A file that was written.
  struct File: Encodable {
    var path: String
    var virtualMachine: String?
    var bytes: Int
  }

  /// One virtual machine.
  struct Machine: Encodable {
    var name: String
    var devices: [DMATable.Device]
    /// Absent where none was computed.
    var pools: [Pool]?
    /// Absent where its memory is not kept from the host.
    var confidential: Confidential?
    var base: Base?
    var overlay: Overlay?
  }

  var version = 1
  var platform: String
  var files: [File]
  var virtualMachines: [Machine]
  /// Absent where no machine has any.
  var tables: [Tables]?
  /// Absent where no machine is described by its VMM.
  var offers: [Offer]?
  /// Absent where machines share none.
  var sharedMemory: [Share]?
  var findings: [Finding]
  var tally: Tally

  init(_ run: BuildRun, _ files: [File]) {
    platform = run.platform.name
    self.files = files
    virtualMachines = run.machines.map {
      Machine(
        name: $0.lowered.name, devices: DMATable($0.view, lowered: $0.lowered).devices,
        pools: $0.lowered.pools.isEmpty ? nil : $0.lowered.pools.map(Pool.init),
        confidential: $0.lowered.confidentiality.map(Confidential.init),
        base: $0.base.map(Base.init), overlay: $0.overlay.map(Overlay.init))
    }
    tables = run.tables.isEmpty ? nil : run.tables.map(Tables.init)
    offers = run.offers.isEmpty ? nil : run.offers.map(Offer.init)
    sharedMemory = run.shares.isEmpty ? nil : run.shares.map(Share.init)
    findings = run.findings
    tally = Tally(run.findings)
  }

  /// The report as JSON, ending in a line break.
  func json() throws(Failure) -> [UInt8] { try JSONText.encode(self) }
}

/// JSON as all reports write it: keys in alphabetical order, ending in a line break.
enum JSONText {
  static func encode(_ value: some Encodable) throws(Failure) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else {
      throw Failure(.internalError, "the report can't be encoded")
    }
    return [UInt8](data) + [UInt8(ascii: "\n")]
  }
}

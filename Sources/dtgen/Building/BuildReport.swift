import DeviceTree
import Diagnostics
import FoundationEssentials
import GuestView
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
    var devices: [Device]
  }

  /// One device that does DMA.
  struct Device: Encodable {
    var node: String
    var deviceID: Int?
    var slot: Int?
    var features: [Int]
    /// `restrictedPool`, `iommu`, `allMemory` or `absent`.
    var outcome: String
    /// The node of the pool or of the IOMMU.
    var through: String?
    var because: String?
  }

  var version = 1
  var platform: String
  var files: [File]
  var virtualMachines: [Machine]
  var findings: [Finding]
  var tally: Tally

  init(_ run: BuildRun, _ files: [File]) {
    platform = run.platform.name
    self.files = files
    virtualMachines = run.machines.map { Machine(name: $0.lowered.name, devices: $0.devices) }
    findings = run.findings
    tally = Tally(run.findings)
  }

  /// The report as JSON, ending in a line break.
  func json() throws(Failure) -> [UInt8] { try JSONText.encode(self) }
}

extension JudgedMachine {
  fileprivate var devices: [BuildReport.Device] {
    view.dmaDevices.map { device in
      let path = device.node.path
      let lowered = lowered.devices.first { $0.path == path }
      var report = BuildReport.Device(
        node: path, deviceID: lowered?.deviceID, slot: lowered?.slot,
        features: lowered?.features.map(\.bit) ?? [], outcome: "")
      switch device.outcome {
      case .restrictedPool(let region):
        report.outcome = "restrictedPool"
        report.through = region.node.path
      case .iommu(let node):
        report.outcome = "iommu"
        report.through = node.path
      case .allMemory(let reason):
        report.outcome = "allMemory"
        report.because = reason.description
      case .absent(let reason):
        report.outcome = "absent"
        report.because = reason.description
      }
      return report
    }
  }
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

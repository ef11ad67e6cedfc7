import ACPI
import Diagnostics
import GuestView
import PlatformDescription

/// Which device of the namespace may DMA where, and why.
struct TablesDMA: DMAListing {
  /// One device.
  fileprivate struct Row: Sendable {
    var path: String
    var type: String
    var outcome: TableDMAOutcome
    /// What it is known to offer; nil where nobody told.
    var features: DeviceFeatures.Device?
  }

  private let rows: [Row]

  /// Those of `devices`, all that do DMA, that file `member` of the set has.
  init(
    _ devices: [(device: TableDevice, outcome: TableDMAOutcome)], in view: TablesView, member: Int
  ) {
    rows = devices.filter { device, _ in
      device.object.table.map { view.set.member(ofTable: $0) } == member
    }.map { device, outcome in
      Row(
        path: device.path, type: device.compatible?.first ?? device.ids.first ?? "",
        outcome: outcome, features: view.features(of: device))
    }
  }

  func text(file: String, style: TextStyle) -> String {
    let heading = style.bold(file == "-" ? "standard input" : file.safeForTerminal)
    guard !rows.isEmpty else { return heading + ": no device does DMA\n" }
    let paths = rows.map(\.path.safeForTerminal)
    let types = rows.map(\.type.safeForTerminal)
    let pathWidth = paths.map(\.count).max() ?? 0
    let typeWidth = types.map(\.count).max() ?? 0
    var text = heading + "\n"
    for (index, row) in rows.enumerated() {
      text += "  \(paths[index].padded(to: pathWidth))  \(types[index].padded(to: typeWidth))  "
      text += Self.words(row, style) + "\n"
    }
    return text
  }

  private static func words(_ row: Row, _ style: TextStyle) -> String {
    switch row.outcome {
    case .iommu(let iommu):
      style.good("where \(iommu.name.safeForTerminal) lets it")
        + (row.features == nil ? style.dim(", if the VMM offers VIRTIO_F_ACCESS_PLATFORM") : "")
    case .allMemory(let reason):
      style.colour("into all memory: \(reason)", for: .warning)
    case .absent(let reason):
      style.colour("none, it does not come up: \(reason)", for: .error)
    }
  }

  var devices: [DMATable.Device] { rows.map(DMATable.Device.init) }
}

extension DMATable.Device {
  /// A device of a namespace.
  fileprivate init(_ row: TablesDMA.Row) {
    node = row.path
    features = row.features?.featureBits ?? []
    switch row.outcome {
    case .iommu(let iommu):
      self.outcome = "iommu"
      through = iommu.name
      if row.features == nil { needs = [VirtioFeature.accessPlatform.bit] }
    case .allMemory(let reason):
      self.outcome = "allMemory"
      because = reason
    case .absent(let reason):
      self.outcome = "absent"
      because = reason
    }
  }
}

import DeviceTree
import GuestView
import PlatformDescription

extension DMATable {
  /// One device, as reports for programs have it.
  struct Device: Encodable {
    /// The path of its node; of its host's for a PCI function that has none.
    var node: String
    /// The address of a PCI function, `0000:00:01.0`.
    var pciAddress: String?
    var deviceID: Int?
    var slot: Int?
    /// The feature bits that it offers; empty where nobody told.
    var features: [Int]
    /// `restrictedPool`, `iommu`, `allMemory` or `absent`.
    var outcome: String
    /// The node of the pool or of the IOMMU.
    var through: String?
    /// By which ID that IOMMU knows it, where a description says, or the map of a PCI host.
    var endpoint: UInt32?
    /// The first and the last address of the pool, where the tree fixes them.
    var firstAddress: UInt64?
    var lastAddress: UInt64?
    /// Why nothing confines it, or why it doesn't come up.
    var because: String?
    /// The feature bits without which nothing confines it after all, if it is a virtio device or a
    /// host of such; missing where the VMM is known to offer them, or nothing confines it.
    var needs: [Int]?

    init(_ row: Row) {
      node = row.path
      pciAddress = row.kind == .pciFunction ? row.name : nil
      endpoint = row.endpoint
      deviceID = row.deviceID
      slot = row.slot
      features = row.features ?? []
      needs = row.needsAccessPlatform ? [VirtioFeature.accessPlatform.bit] : nil
      switch row.outcome {
      case .restrictedPool(let region):
        outcome = "restrictedPool"
        through = region.node.path
        firstAddress = region.range?.first
        lastAddress = region.range?.last
      case .iommu(let node):
        outcome = "iommu"
        through = node.path
      case .allMemory(let reason):
        outcome = "allMemory"
        because = reason.description
      case .absent(let reason):
        outcome = "absent"
        because = reason.description
      }
    }
  }

  /// The tables of several files, as `dtgen lint --explain-dma --format json` prints them.
  struct Document: Encodable {
    /// The table of one file.
    struct File: Encodable {
      var file: String
      var devices: [Device]
    }

    var version = 1
    var files: [File]

    init(_ tables: [(file: String, table: any DMAListing)]) {
      files = tables.map { File(file: $0.file, devices: $0.table.devices) }
    }
  }

  /// The rows for a program.
  var devices: [Device] { rows.map(Device.init) }
}

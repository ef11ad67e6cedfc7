import ACPI
import PlatformDescription
import PlatformLowering

extension BuildReport {
  /// The ACPI tables of a machine.
  struct Tables: Encodable {
    /// A table.
    struct Table: Encodable {
      var signature: String
      var oemID: String
      var oemTableID: String
      var bytes: Int
    }

    /// A device of the SSDT; addresses and sizes in bytes.
    struct Device: Encodable {
      struct Range: Encodable {
        var firstAddress: UInt64
        var size: UInt64
      }

      /// Its path in the namespace.
      var path: String
      var hardwareID: String
      var memory: [Range]
      /// Global system interrupts.
      var interrupts: [UInt32]
    }

    /// What the VMM has to offer for a virtio device, whoever describes it.
    struct VirtioDevice: Encodable {
      /// The path of the device, or of its PCI host.
      var path: String
      var pciAddress: String?
      var deviceID: Int
      var features: [Int]
      /// The path of the IOMMU in front of it, and by which ID that knows it.
      var iommu: String?
      var endpoint: UInt32?
    }

    var virtualMachine: String
    var tables: [Table]
    var devices: [Device]
    var virtioDevices: [VirtioDevice]
    /// Absent where the memory of the guest is not kept from the host.
    var confidential: Confidential?

    init(_ built: BuiltTables) {
      virtualMachine = built.lowered.name
      tables = built.tables.map {
        Table(
          signature: $0.table.signature, oemID: $0.table.header.oemID,
          oemTableID: $0.table.header.oemTableID, bytes: $0.bytes.count)
      }
      devices = built.lowered.objects.map { object in
        Device(
          path: object.path, hardwareID: object.hardwareID,
          memory: object.memory.map { .init(firstAddress: $0.at.value, size: $0.size.bytes) },
          interrupts: object.interrupts)
      }
      confidential = built.lowered.confidentiality.map(Confidential.init)
      virtioDevices = built.lowered.devices.map {
        VirtioDevice(
          path: $0.path, pciAddress: $0.pciAddress?.description, deviceID: $0.deviceID,
          features: $0.features.map(\.bit), iommu: $0.translation?.iommu,
          endpoint: $0.translation?.endpoint)
      }
    }
  }
}

import ACPI

extension TableExamples {
  /// A FADT of an Arm guest that calls PSCI by hvc, edited, and with the right checksum again.
  static func fadt(_ edit: (inout [UInt8]) -> Void = { _ in }) -> [UInt8] {
    var bytes = TableExample.written { () throws(ACPIError) in
      try FADT(dsdt: 0x4000_0000, armBootFlags: 3).bytes()
    }
    guard bytes.count > 131 else { return [] }
    edit(&bytes)
    TableExample.sum(&bytes)
    return bytes
  }
}

extension Namespace.Object {
  /// `_HID`: what the device is.
  public var hardwareID: Evaluation<DeviceID> {
    evaluation(of: "_HID").map { value throws(ACPIError) in
      try DeviceID(value, of: path + "._HID")
    }
  }

  /// `_CID`: what the device is compatible with, the best first.
  public var compatibleIDs: Evaluation<[DeviceID]> {
    evaluation(of: "_CID").map { value throws(ACPIError) in
      var ids: [DeviceID] = []
      for element in value.elements ?? [value] {
        ids.append(try DeviceID(element, of: path + "._CID"))
      }
      return ids
    }
  }

  /// `_UID`: what tells devices of one `_HID` apart.
  public var uniqueID: Evaluation<UniqueID> {
    evaluation(of: "_UID").map { value throws(ACPIError) in
      if let integer = value.integer { return .integer(integer) }
      if let string = value.string { return .string(string) }
      throw ACPIError(
        .badValue, "\(value.kind), and not an integer or a string",
        byteOffset: value.byteOffset, objectPath: path + "._UID")
    }
  }

  /// `_ADR`: where the device is on its bus; of PCI, device << 16 | function.
  public var address: Evaluation<UInt64> { integer(of: "_ADR") }

  /// `_STA`: b0 present, b1 enabled, b2 shown, b3 working; without one, all of them.
  ///
  /// **Source:** ACPI 6.5, section 6.3.7.
  public var status: Evaluation<UInt64> { integer(of: "_STA") }

  /// `_CCA`: 1 where the device's DMA is coherent.
  ///
  /// **Source:** ACPI 6.5, section 6.2.17.
  public var cacheCoherency: Evaluation<UInt64> { integer(of: "_CCA") }

  /// `_BBN`: the first bus below a host bridge.
  public var baseBusNumber: Evaluation<UInt64> { integer(of: "_BBN") }

  /// `_SEG`: the PCI segment of a host bridge.
  public var segment: Evaluation<UInt64> { integer(of: "_SEG") }

  /// The integer that the object of this name in it is.
  public func integer(of name: NameSegment) -> Evaluation<UInt64> {
    evaluation(of: name).map { value throws(ACPIError) in
      guard let integer = value.integer else {
        throw ACPIError(
          .badValue, "\(value.kind), and not an integer", byteOffset: value.byteOffset,
          objectPath: "\(path).\(name.text)")
      }
      return integer
    }
  }
}

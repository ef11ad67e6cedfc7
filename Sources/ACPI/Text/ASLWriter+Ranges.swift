extension ASLWriter {
  /// A range of memory, ports or buses.
  mutating func addressSpace(_ range: AddressSpaceDescriptor) {
    let fixed =
      (range.isMinimumFixed ? "MinFixed" : "MinNotFixed") + ", "
      + (range.isMaximumFixed ? "MaxFixed" : "MaxNotFixed")
    let decode = range.isSubtractive ? "SubDecode" : "PosDecode"
    let (name, user) = (range.width.keyword, usage(range.isConsumer))
    switch range.kind {
    case .memory(let flags):
      let caching = ["NonCacheable", "Cacheable", "WriteCombining", "Prefetchable"]
      text += "\(name)Memory (\(user), \(decode), \(fixed), \(caching[Int(flags.caching)]), "
      text += (flags.isWritable ? "ReadWrite" : "ReadOnly") + ", "
      numbers(range)
      let types = [
        "AddressRangeMemory", "AddressRangeReserved", "AddressRangeACPI", "AddressRangeNVS",
      ]
      text += "\(types[Int(flags.rangeType)]), "
      text += (flags.isTranslated ? "TypeTranslation" : "TypeStatic") + ")"
    case .io(let flags):
      let ranges = ["", "NonISAOnlyRanges", "ISAOnlyRanges", "EntireRange"]
      text += "\(name)IO (\(user), \(fixed), \(decode), \(ranges[Int(flags.ranges)]), "
      numbers(range)
      text += (flags.isTranslated ? "TypeTranslation" : "TypeStatic") + ", "
      text += (flags.isSparse ? "SparseTranslation" : "DenseTranslation") + ")"
    case .busNumber:
      if range.width == .word {
        text += "WordBusNumber (\(user), \(fixed), \(decode), "
        numbers(range)
        // The name of the descriptor is the last operand.
        text += ")"
      } else {
        space(range, type: 2, flags: 0, decode: decode, fixed: fixed)
      }
    case .other(let type, let flags):
      space(range, type: type, flags: flags, decode: decode, fixed: fixed)
    }
  }

  private mutating func space(
    _ range: AddressSpaceDescriptor, type: UInt8, flags: UInt8, decode: String, fixed: String
  ) {
    text += "\(range.width.keyword)Space (\(aslHex(type)), \(usage(range.isConsumer)), \(decode), "
    text += "\(fixed), \(aslHex(flags)), "
    numbers(range)
    text += ")"
  }

  /// The five numbers, and the source or the attributes; a comma behind the name that is left out,
  /// except of those whose last operand it is.
  private mutating func numbers(_ range: AddressSpaceDescriptor) {
    let values = [
      range.granularity, range.minimum, range.maximum, range.translation, range.length,
    ]
    for value in values {
      switch range.width {
      case .word: text += aslHex(UInt16(truncatingIfNeeded: value))
      case .doubleWord: text += aslHex(UInt32(truncatingIfNeeded: value))
      case .quadWord, .extended: text += aslHex(value)
      }
      text += ", "
    }
    if range.width == .extended {
      text += "\(aslHex(range.attributes)), "
    } else {
      text += "\(words(range.source)), "
    }
    switch range.kind {
    case .memory, .io: text += ", "
    case .busNumber, .other: break
    }
  }
}

extension TableStructure {
  /// Distances between localities, of which Linux refuses all where one is impossible.
  ///
  /// **Source:** Linux 6.12 `drivers/acpi/numa/srat.c`, `slit_valid`.
  mutating func checkDistances() {
    guard let count = number(start + 36, 8) else {
      return note(
        .length, "SLIT of \(end - start) bytes has no number of localities", at: start..<end)
    }
    let room = end - start - 44
    guard room >= 0, count <= 1 << 16, count * count <= UInt64(room) else {
      return note(
        .length,
        "\(count) localities have \(count <= 1 << 16 ? "\(count * count)" : "too many") distances, and SLIT has room for \(max(0, room))",
        at: (start + 36)..<(start + 44))
    }
    let size = Int(count)
    for (index, distance) in image.file[(start + 44)..<(start + 44 + size * size)].enumerated() {
      let (from, to) = (index / size, index % size)
      guard from == to ? distance != 10 : distance <= 10 else { continue }
      note(
        .value,
        "the distance from locality \(from) to \(to) is \(distance), and has to be \(from == to ? "10" : "more than 10")",
        at: (start + 44 + index)..<(start + 45 + index))
      return
    }
  }

  /// Processors and caches of PPTT name each other by their offsets.
  ///
  /// **Source:** Linux 6.12 `drivers/acpi/pptt.c`, `fetch_pptt_subtable`, `acpi_get_pptt_resource`.
  mutating func checkReferences() {
    var types: [UInt64: UInt64] = [:]
    for part in parts { types[UInt64(part.byteRange.lowerBound - start)] = part.type }
    for part in parts {
      let first = part.byteRange.lowerBound
      // The parent of a processor, the next level of a cache.
      guard part.type <= 1, part.byteRange.count >= 20 else { continue }
      check(first + 8, type: part.type, in: part, types)
      guard part.type == 0, let count = number(first + 16, 4), count > 0 else { continue }
      guard count <= UInt64(part.byteRange.count - 20) / 4 else {
        note(
          .short, "\(count) private resources don't fit into \(part.byteRange.count) bytes",
          in: part.element, at: (first + 16)..<(first + 20))
        continue
      }
      for index in 0..<Int(count) { check(first + 20 + 4 * index, type: nil, in: part, types) }
    }
  }

  private mutating func check(
    _ offset: Int, type: UInt64?, in part: Part, _ types: [UInt64: UInt64]
  ) {
    guard let target = number(offset, 4), target != 0 || type == nil else { return }
    let found = types[target]
    let isRight = type == nil ? found == 1 || found == 2 : found == type
    guard !isRight else { return }
    let wanted = type == 0 ? "processor" : "cache"
    note(
      .reference, "\(hex(target)) is the offset of no \(wanted) of PPTT", in: part.element,
      at: offset..<(offset + 4))
  }

  /// Matrices of HMAT have an entry for each initiator and target.
  ///
  /// **Source:** Linux 6.12 `drivers/acpi/numa/hmat.c`, `hmat_parse_locality`.
  mutating func checkMatrices() {
    for part in parts where part.type == 1 && part.byteRange.count >= 32 {
      let first = part.byteRange.lowerBound
      guard let initiators = number(first + 12, 4), let targets = number(first + 16, 4) else {
        continue
      }
      // Both have 32 bits: what they take can't overflow 128.
      let needed =
        UInt128(32) + 4 * UInt128(initiators) + 4 * UInt128(targets)
        + 2 * UInt128(initiators) * UInt128(targets)
      guard needed > UInt128(part.byteRange.count) else { continue }
      note(
        .short,
        "\(initiators) initiators and \(targets) targets take \(needed) bytes, and the part has \(part.byteRange.count)",
        in: part.element, at: (first + 12)..<(first + 20))
    }
  }

  /// Scopes of devices in DMAR have lengths of their own.
  ///
  /// **Source:** Linux 6.12 `drivers/iommu/intel/dmar.c`, `dmar_alloc_dev_scope`.
  mutating func checkScopes() {
    for part in parts {
      guard let first = TableLayout.scopes(ofUnit: part.type) else { continue }
      var offset = part.byteRange.lowerBound + first
      while offset < part.byteRange.upperBound {
        let left = part.byteRange.upperBound - offset
        let length = left < 2 ? 0 : Int(image.file[offset + 1])
        // Type, length, flags, reserved, id and bus; then pairs of device and function.
        guard length >= 6, length <= left else {
          note(
            .short, "the scope of a device has \(length) bytes, of \(left) that are left",
            in: part.element, at: offset..<min(offset + 2, part.byteRange.upperBound))
          break
        }
        offset += length
      }
    }
  }
}

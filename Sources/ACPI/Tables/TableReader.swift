/// Reads fields of a table, and fails where they aren't there.
struct TableReader {
  let file: [UInt8]
  /// What the fields are counted from, and where they have to end.
  let range: Range<Int>
  /// What errors call it.
  let name: String

  /// A reader of the whole of `image`, which has to have this signature.
  init(_ image: TableImage, _ signature: String) throws(ACPIError) {
    guard image.header.signature == signature else {
      throw ACPIError(
        .badSignature, "the table is \(sanitised(image.header.signature)), not \(signature)",
        byteOffset: image.byteRange.lowerBound)
    }
    self.init(file: image.file, range: image.byteRange, name: signature)
  }

  init(file: [UInt8], range: Range<Int>, name: String) {
    self.file = file
    self.range = range
    self.name = name
  }

  var count: Int { range.count }

  /// Where something stands in the file.
  func place(_ offset: Int) -> Int { range.lowerBound + offset }

  private func check(_ offset: Int, _ size: Int) throws(ACPIError) -> Int {
    guard offset >= 0, offset <= range.count - size else {
      throw ACPIError(
        .truncated, "\(name) of \(range.count) bytes has no \(size) bytes at \(offset)",
        byteOffset: place(max(0, min(offset, range.count))))
    }
    return range.lowerBound + offset
  }

  func byte(_ offset: Int) throws(ACPIError) -> UInt8 { file[try check(offset, 1)] }
  func word(_ offset: Int) throws(ACPIError) -> UInt16 {
    file.littleEndian16(at: try check(offset, 2))
  }
  func doubleWord(_ offset: Int) throws(ACPIError) -> UInt32 {
    file.littleEndian32(at: try check(offset, 4))
  }
  func quadWord(_ offset: Int) throws(ACPIError) -> UInt64 {
    file.littleEndian64(at: try check(offset, 8))
  }

  /// A part of it with a reader of its own.
  func part(_ offset: Int, _ size: Int, _ name: String) throws(ACPIError) -> TableReader {
    let start = try check(offset, max(size, 0))
    return TableReader(file: file, range: start..<(start + max(size, 0)), name: name)
  }

  /// All bytes.
  var bytes: [UInt8] { Array(file[range]) }

  /// The text at `offset`, up to its NUL or the end.
  func text(_ offset: Int) throws(ACPIError) -> String {
    let start = try check(offset, 1)
    return String(
      decoding: file[start..<range.upperBound].prefix { $0 != 0 }, as: UTF8.self)
  }
}

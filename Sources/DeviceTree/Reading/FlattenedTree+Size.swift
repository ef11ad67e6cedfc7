extension FlattenedTree {
  /// How many bytes the file has at the least, as its header says: `totalsize`; 0 where the first bytes
  /// are no header.
  public static func sizePromised(by bytes: [UInt8]) -> Int {
    (try? Header(bytes.span, fileSize: .max, limits: Limits(maximumSize: .max)))?.totalSize ?? 0
  }

  /// How many bytes of a file have to be read for its tree to be.
  ///
  /// VMMs leave room behind a tree, often a mebibyte for a few kibibytes. Given the first bytes of the
  /// file, at least 40 of them, this tells how many are needed; once those are given, it confirms them
  /// by their number. The largest of integers where that can't be told, and all has to be read.
  public static func sizeNeeded(of bytes: [UInt8]) -> Int {
    let span = bytes.span
    // What is said about a file that is wrong is for those who see all of it, and version 16 doesn't
    // say where its structure ends.
    guard let header = try? Header(span, fileSize: .max, limits: Limits(maximumSize: .max)),
      header.version >= 17
    else { return .max }
    guard header.blocksEnd <= bytes.count else { return header.blocksEnd }
    let reservations = try? MemoryReservation.readAll(span, header: header, limits: Limits())
    return reservations == nil ? .max : bytes.count
  }
}

import CDTGenInterface

/// Takes requests of any version of the header.
enum Requests {
  /// The least that a request consists of: its size, a name, and a tree.
  private static let least = unsafe MemoryLayout<dtgen_request>.offset(of: \.tables) ?? 0

  /// A copy of `request`, with zeros where the program that made it knows no members.
  ///
  /// - Throws: ``Refusal`` for NULL, and for a size that is none.
  static func copy(_ request: UnsafePointer<dtgen_request>?) throws(Refusal) -> dtgen_request {
    guard let request = unsafe request else { throw Refusal(.usage, "the request is NULL") }
    let size = unsafe request.pointee.size
    let own = unsafe MemoryLayout<dtgen_request>.size
    guard size >= least else {
      throw Refusal(.usage, "the request's size is \(size); set it to sizeof(dtgen_request)")
    }
    // A longer one is of a newer header, and may ask for what this library doesn't know.
    guard size <= own else {
      throw Refusal(
        .usage,
        "the request has \(size) bytes and this library knows \(own): it is older than the header")
    }
    var copy = unsafe dtgen_request()
    unsafe withUnsafeMutableBytes(of: &copy) { bytes in
      unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(start: request, count: size))
    }
    return unsafe copy
  }
}

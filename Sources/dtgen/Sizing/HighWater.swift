/// What a guest's kernel counted: the most slots of each pool that were in use at once.
struct HighWater {
  /// By the name of the pool's node.
  private(set) var counts: [String: UInt64] = [:]

  /// Reads counts for the pools of these names from each of `sources`: `NAME=SLOTS`, or a directory as
  /// `/sys/kernel/debug` is.
  ///
  /// - Throws: ``Failure`` with status 64 for what is neither, or names no pool, 65 for a file that holds no number,
  ///   and 66 where a directory has none of the files.
  init(_ sources: [String], pools: [String]) throws(Failure) {
    for source in sources {
      if let equals = source.lastIndex(of: "="), !source.contains("/") {
        let name = String(source[..<equals])
        guard let count = UInt64(source[source.index(after: equals)...]) else {
          throw Failure(
            .usage, "--from-hiwater: '\(source)' has no number of slots behind the equals sign")
        }
        guard pools.contains(name) else {
          let known = pools.isEmpty ? "there is none" : "there are " + pools.joined(separator: ", ")
          throw Failure(.usage, "--from-hiwater: there is no pool '\(name)'; \(known)")
        }
        counts[name] = count
      } else {
        try read(source, pools)
      }
    }
  }

  /// **Source:** Linux 6.12 `kernel/dma/swiotlb.c`, `swiotlb_create_debugfs_files`: a pool that is used before
  /// the directory of all of them is made gets one at the top.
  private mutating func read(_ directory: String, _ pools: [String]) throws(Failure) {
    var isEmpty = true
    for pool in pools {
      for place in ["\(directory)/swiotlb/\(pool)", "\(directory)/\(pool)"] {
        let path = place + "/io_tlb_used_hiwater"
        guard let bytes = try? InputFile.read(path, limit: 64) else { continue }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let count = UInt64(text.filter { !$0.isWhitespace }) else {
          throw Failure(.badInput, "\(InputFile.name(of: path)): no number of slots")
        }
        counts[pool] = max(counts[pool] ?? 0, count)
        isEmpty = false
      }
    }
    if isEmpty {
      throw Failure(
        .inputMissing,
        "--from-hiwater: \(InputFile.name(of: directory)): no pool of this tree has an io_tlb_used_hiwater "
          + "below it; in the guest that is /sys/kernel/debug, for root, with debugfs mounted")
    }
  }
}

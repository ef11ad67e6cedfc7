import Foundation

/// What a guest's disk holds before it boots, and after.
///
/// The guest reads the first half and writes its complement over the second, so that both sides know
/// what must have gone through the device's queues.
struct GuestDisk {
  /// The size of a half, in bytes: several of the largest requests, so that they meet in the pool.
  static let half = 8 << 20

  /// What the disk holds at first.
  let contents: Data
  /// What its second half holds at the end.
  let complement: Data
  /// The guest's sum over the first half, as it prints it.
  let sum: String

  init() {
    var words: [UInt64] = []
    words.reserveCapacity(Self.half / 8)
    // Knuth's multiplier for a linear congruential generator of 64 bits: numbers that don't repeat.
    var word: UInt64 = 1
    // FNV-1a, over words.
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    for _ in 0..<Self.half / 8 {
      word = word &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      words.append(word.littleEndian)
      sum = (sum ^ word) &* 0x100_0000_01b3
    }
    let first = words.withUnsafeBytes { Data($0) }
    contents = first + Data(count: Self.half)
    complement = words.map { ~$0 }.withUnsafeBytes { Data($0) }
    let digits = String(sum, radix: 16)
    self.sum = String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether a file is what the guest should have left behind.
  func isWritten(_ file: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: file),
      (try? handle.seek(toOffset: UInt64(Self.half))) != nil,
      let second = try? handle.readToEnd()
    else { return false }
    return second == complement
  }
}

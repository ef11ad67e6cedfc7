import DTGenTestSupport
import DeviceTree
import Diagnostics
import PlatformLint
import Testing

@Suite("Trees that were tampered with")
struct MutationTests {
  private static let count = 3000

  @Test("make the reader and the checker neither trap nor hang", .requires(.dtc))
  func mutations() throws {
    let seeds = try Self.seeds()
    var mutator = Mutator(state: 0x1234_5678_9abc_def1)
    var read = 0
    var refused = 0
    var slowest = Duration.zero
    for number in 0..<Self.count {
      let bytes = mutator.mutated(seeds[number % seeds.count], Mutator.Kind.all[number % 5])
      let time = ContinuousClock().measure {
        guard let tree = try? FlattenedTree(bytes) else {
          refused += 1
          return
        }
        read += 1
        let judge = Judge(
          profile: number.isMultiple(of: 2) ? .vm : .soc, rules: RuleCatalogue.all)
        let judgement = judge.judge(tree)
        #expect(judgement.findings.allSatisfy { ($0.place.byteOffset ?? 0) <= bytes.count })
      }
      slowest = max(slowest, time)
    }
    // If all were refused, this would test the reader alone; if none were, not the reader.
    #expect(read > Self.count / 5)
    #expect(refused > Self.count / 10)
    #expect(slowest < .seconds(5))
  }

  /// Trees with much in them that a rule looks at.
  private static func seeds() throws -> [[UInt8]] {
    let everyFamily = RuleCatalogue.families.compactMap { family in
      RuleCatalogue.rules(named: family).first?.bad.first
    }
    return try ([Example("/ { };")] + everyFamily).map { try Check($0).compiled.bytes }
  }
}

/// Changes trees in ways that are the same in every run.
struct Mutator {
  /// What is changed.
  enum Kind {
    case bits, cells, truncation, tokens, header

    static let all = [Kind.bits, .cells, .truncation, .tokens, .header]
  }

  private var generator: Xorshift

  init(state: UInt64) { generator = Xorshift(state: state) }

  /// `seed` with a few changes of a kind.
  mutating func mutated(_ seed: [UInt8], _ kind: Kind) -> [UInt8] {
    var bytes = seed
    switch kind {
    case .bits:
      for _ in 0...below(4) { bytes[40 + below(bytes.count - 40)] ^= UInt8(1 << below(8)) }
    case .cells:
      let limits: [UInt32] = [0, 1, 2, 3, 4, 9, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xffff_fff0]
      for _ in 0...below(4) {
        let offset = 40 + below((bytes.count - 40) / 4) * 4
        set(&bytes, limits[below(limits.count)], at: offset)
      }
    case .truncation:
      bytes.removeLast(below(bytes.count))
      // Half of them say how long they are, so that more than the header is looked at.
      if below(2) == 0, bytes.count >= 8 { set(&bytes, UInt32(bytes.count), at: 4) }
    case .tokens:
      let tokens = stride(from: 56, to: bytes.count - 4, by: 4).filter {
        bytes[$0..<$0 + 3].allSatisfy { $0 == 0 } && [1, 2, 3, 4, 9].contains(bytes[$0 + 3])
      }
      for _ in 0...below(2) {
        let (first, second) = (tokens[below(tokens.count)], tokens[below(tokens.count)])
        bytes.swapAt(first + 3, second + 3)
      }
    case .header:
      let offset = below(10) * 4
      let value =
        below(2) == 0 ? UInt32(below(bytes.count + 8)) : UInt32(truncatingIfNeeded: next())
      set(&bytes, value, at: offset)
    }
    return bytes
  }

  private mutating func next() -> UInt64 { generator.next() }

  private mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(limit, 1))) }

  private func set(_ bytes: inout [UInt8], _ value: UInt32, at offset: Int) {
    for (index, shift) in [24, 16, 8, 0].enumerated() where offset + index < bytes.count {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> shift)
    }
  }
}

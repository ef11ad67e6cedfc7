/// One line of the table.
struct Row: Encodable {
  /// What was measured.
  var what: String
  /// What it is held against.
  var peerName: String
  /// What it costs us.
  var ours: Figure
  /// What it costs the peer.
  var peer: Figure
  /// What is judged: our median wall time as a multiple of the peer's, or our growth.
  var ratio: Double
  /// The ratio that we want at the most.
  var goal: Double
  /// Whether it was reached.
  var isMet: Bool

  /// A comparison of costs.
  init(what: String, peerName: String, ours: Cost, peer: Cost, goal: Double) {
    self.what = what
    self.peerName = peerName
    self.ours = .cost(ours)
    self.peer = .cost(peer)
    self.goal = goal
    ratio = Double(ours.wall) / Double(max(peer.wall, 1))
    isMet = ratio <= goal
  }

  /// How much was written for the same.
  init(bytesOf what: String, peerName: String, ours: Int, peer: Int, goal: Double) {
    self.what = what
    self.peerName = peerName
    self.ours = .bytes(ours)
    self.peer = .bytes(peer)
    self.goal = goal
    ratio = Double(ours) / Double(max(peer, 1))
    isMet = ratio <= goal
  }

  /// How costs grow between two sizes of the same work; the peer's may be other sizes, which its name says.
  init(
    growthOf what: String, ours: (Cost, Cost), peerName: String, peer: (Cost, Cost), goal: Double
  ) {
    self.what = what
    self.peerName = peerName
    ratio = Figure.growth(ours.0, ours.1)
    self.ours = .growth(ratio)
    self.peer = .growth(Figure.growth(peer.0, peer.1))
    self.goal = goal
    isMet = ratio <= goal
  }

  /// How costs grow between two comparisons of the same work, of which `large` is the larger; nil
  /// where they are no costs.
  init?(growthOf what: String, from small: Row, to large: Row, goal: Double) {
    guard let ours = Figure.growth(small.ours, large.ours),
      let peer = Figure.growth(small.peer, large.peer)
    else { return nil }
    self.what = what
    peerName = large.peerName
    self.ours = .growth(ours)
    self.peer = .growth(peer)
    self.goal = goal
    ratio = ours
    isMet = ratio <= goal
  }
}

/// What stands in a column of the table.
enum Figure: Encodable {
  case cost(Cost)
  /// How many times more wall time the larger work takes.
  case growth(Double)
  /// How many bytes were written.
  case bytes(Int)

  /// How many times more wall time `large` took.
  static func growth(_ small: Cost, _ large: Cost) -> Double {
    Double(large.wall) / Double(max(small.wall, 1))
  }

  /// How many times more wall time `large` took; nil where one of them is no cost.
  static func growth(_ small: Figure, _ large: Figure) -> Double? {
    guard case .cost(let small) = small, case .cost(let large) = large else { return nil }
    return growth(small, large)
  }

  /// The cost itself, or the factor or the size as a number.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .cost(let cost): try container.encode(cost)
    case .growth(let factor): try container.encode(["growth": factor])
    case .bytes(let count): try container.encode(["bytes": count])
    }
  }
}

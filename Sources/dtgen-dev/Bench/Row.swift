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

  /// How many times more wall time `large` took; nil where one of them is no cost.
  static func growth(_ small: Figure, _ large: Figure) -> Double? {
    guard case .cost(let small) = small, case .cost(let large) = large else { return nil }
    return Double(large.wall) / Double(max(small.wall, 1))
  }

  /// The cost itself, or the factor as a number.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .cost(let cost): try container.encode(cost)
    case .growth(let factor): try container.encode(["growth": factor])
    }
  }
}

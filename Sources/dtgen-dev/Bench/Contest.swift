/// Two ways to do the same work, run in turns, so that whatever else the machine does hits both.
struct Contest {
  /// What is compared.
  var what: String
  /// The ratio of the medians that we want at the most.
  var goal: Double
  /// How often each runs, after one run that isn't counted.
  var rounds: Int
  /// What we are held against.
  var peerName: String
  /// Does the work our way.
  var ours: () throws(Failure) -> Sample
  /// Does it the other way.
  var peer: () throws(Failure) -> Sample

  /// Runs both.
  ///
  /// - Throws: ``Failure`` where one of them fails.
  func run() throws(Failure) -> Row {
    Terminal.note("  \(what)")
    _ = try ours()
    _ = try peer()
    var ourSamples: [Sample] = []
    var peerSamples: [Sample] = []
    for round in 0..<rounds {
      // Neither always comes first.
      if round.isMultiple(of: 2) {
        ourSamples.append(try ours())
        peerSamples.append(try peer())
      } else {
        peerSamples.append(try peer())
        ourSamples.append(try ours())
      }
    }
    return Row(
      what: what, peerName: peerName, ours: Cost(ourSamples), peer: Cost(peerSamples), goal: goal)
  }

  /// Runs our way alone, where the other one would take too long.
  ///
  /// - Throws: ``Failure`` where it fails.
  func runAlone() throws(Failure) -> Cost {
    Terminal.note("  \(what), alone")
    _ = try ours()
    var samples: [Sample] = []
    for _ in 0..<rounds { samples.append(try ours()) }
    return Cost(samples)
  }
}

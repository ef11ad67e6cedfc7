/// What some work cost, over several runs.
struct Cost: Encodable {
  /// The median of the time from start to end, in nanoseconds.
  var wall: Int
  /// The shortest time from start to end, in nanoseconds.
  var shortestWall: Int
  /// The median of the time spent on a processor, in nanoseconds.
  var processor: Int
  /// The most memory that was resident in any run, in bytes; nil where it can't be told.
  var peakMemory: Int?
  /// The number of runs.
  var runs: Int

  /// The cost of at least one run.
  init(_ samples: [Sample]) {
    wall = median(samples.map(\.wall))
    shortestWall = samples.map(\.wall).min() ?? 0
    processor = median(samples.map(\.processor))
    peakMemory = samples.compactMap(\.peakMemory).max()
    runs = samples.count
  }
}

/// What one run cost.
struct Sample {
  /// From start to end, in nanoseconds.
  var wall: Int
  /// On a processor, in nanoseconds.
  var processor: Int
  /// Resident at most, in bytes.
  var peakMemory: Int?

  /// A run of these costs.
  init(wall: Int, processor: Int, peakMemory: Int?) {
    self.wall = wall
    self.processor = processor
    self.peakMemory = peakMemory
  }

  /// A run that is a whole process.
  init(_ run: ProcessRun) {
    self.init(wall: run.wall, processor: run.processor, peakMemory: run.peakMemory)
  }

  /// Runs one after the other, as one.
  init(sum samples: [Sample]) {
    self.init(
      wall: samples.reduce(0) { $0 + $1.wall },
      processor: samples.reduce(0) { $0 + $1.processor },
      peakMemory: samples.compactMap(\.peakMemory).max())
  }
}

/// The value in the middle, or the mean of the two that are; 0 of none.
func median(_ values: [Int]) -> Int {
  let sorted = values.sorted()
  guard let last = sorted.last else { return 0 }
  let middle = sorted.count / 2
  if sorted.count == 1 { return last }
  return sorted.count.isMultiple(of: 2)
    ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}

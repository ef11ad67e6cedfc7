import Diagnostics
import PlatformLint

extension [LintedFile] {
  /// What came of those that could be judged.
  var judgements: [Judgement] { compactMap { try? $0.result.get() } }

  /// Where the devices of each file may DMA.
  var tables: [(file: String, table: any DMAListing)] {
    compactMap { file in file.table.map { (file.name, $0) } }
  }

  /// Why those that could not be judged couldn't, in order.
  var failures: [Failure] {
    var failures: [Failure] = []
    // By index: nothing else of a file is copied.
    for index in indices {
      if case .failure(let failure) = self[index].result { failures.append(failure) }
    }
    return failures
  }

  /// The first reason for which a file couldn't be judged; nil where all were.
  var firstFailure: Failure? { failures.first }

  /// So many files for which the time did not suffice are named one by one; reports name all.
  private static let toldUnreached = 8

  /// Says on standard error what could not be judged.
  func tellFailures() {
    var late = 0
    for failure in failures {
      if failure.status == .outOfTime {
        late += 1
        if late > Self.toldUnreached { continue }
      }
      StandardStream.error.writeLine("dtgen: error: \(failure.message)")
    }
    if late > Self.toldUnreached {
      StandardStream.error.writeLine(
        "dtgen: error: and \(late - Self.toldUnreached) more files, for want of time")
    }
  }
}

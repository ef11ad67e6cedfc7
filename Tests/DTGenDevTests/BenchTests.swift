import Testing

@testable import dtgen_dev

@Suite("The benchmark")
struct BenchTests {
  private func cost(_ walls: Int...) -> Cost {
    Cost(walls.map { Sample(wall: $0, processor: $0 / 2, peakMemory: nil) })
  }

  @Test("the median is the middle, or between the two that are")
  func medians() {
    #expect(median([]) == 0)
    #expect(median([7]) == 7)
    #expect(median([9, 1, 5]) == 5)
    #expect(median([9, 1, 5, 7]) == 6)
  }

  @Test("a goal is met up to the goal itself")
  func goals() {
    func isMet(_ ours: Int) -> Bool {
      Row(what: "x", peerName: "dtc", ours: cost(ours), peer: cost(100), goal: 2).isMet
    }
    #expect(isMet(200))
    #expect(!isMet(201))
  }

  @Test("growth is ours from the small to the large, whatever the peer's is")
  func growth() throws {
    let small = Row(what: "s", peerName: "dtc", ours: cost(10), peer: cost(20), goal: 1)
    let large = Row(what: "l", peerName: "dtc", ours: cost(110), peer: cost(900), goal: 1)
    let row = try #require(Row(growthOf: "g", from: small, to: large, goal: 12))
    #expect(row.ratio == 11)
    #expect(row.isMet)
    #expect(Row(growthOf: "g", from: row, to: row, goal: 12) == nil)
  }

  @Test("a process that fails is an error, and what it cost is known otherwise")
  func processes() throws {
    let shell = Invocation(executable: "/bin/sh", arguments: ["-c", "exit 3"])
    #expect(try shell.measured().status == 3)
    #expect(throws: Failure.self) { try shell.run() }
    #expect(throws: Failure.self) {
      try Invocation(executable: "/nonexistent", arguments: []).run()
    }
    let slow = try Invocation(executable: "/bin/sh", arguments: ["-c", "sleep 0.05"]).run()
    #expect(slow.wall > 50_000_000)
    #expect(slow.processor < slow.wall)
  }

  @Test("a program gets our environment, with what is added in place of what was there")
  func environment() throws {
    let check = "test \"$PATH\" = replaced && test -n \"$HOME$USER$PWD\""
    try Invocation(
      executable: "/bin/sh", arguments: ["-c", check], environment: ["PATH": "replaced"]
    ).run()
  }

  @Test(
    "numbers have the digits that matter",
    arguments: [
      (1_234_567, "1.23"), (12_345_678, "12.3"), (1_234_567_890, "1235"),
    ])
  func digits(_ nanoseconds: Int, _ text: String) {
    #expect(Table.milliseconds(nanoseconds) == text)
  }
}

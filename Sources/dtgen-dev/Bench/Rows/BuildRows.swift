import DTGenTestSupport

/// From a description to a device tree: compiled each time, and from the cache.
enum BuildRows {
  static func measure(_ workshop: Workshop) throws -> [Row] {
    let description = Repository.fixtures + "/platforms/protected-guest/platform.swift"
    let library = Repository.root + "/dist/lib/dtgen"
    let build = Invocation(
      executable: workshop.dtgen,
      arguments: ["build", description, "-q", "-o", workshop.file("out")],
      environment: ["XDG_CACHE_HOME": workshop.file("cache")])
    var coldBuild = build
    coldBuild.arguments.append("--no-cache")
    let compile = Invocation(
      executable: workshop.swiftc,
      arguments: [
        "-emit-library", "-parse-as-library", "-I", library, "-L", library,
        "-lPlatformDescription", "-o", workshop.file("libplatform.so"), description,
      ])
    let version = Invocation(executable: workshop.dtc, arguments: ["--version"])
    let one = large("one-device", workshop)
    let loop = large("thousand-devices", workshop)
    let writtenOut = large("hundred-written-out", workshop)

    return [
      try Contest(
        what: "building a description", goal: 0.7, rounds: workshop.rounds(30),
        peerName: "swiftc -emit-library",
        ours: { () throws(Failure) in Sample(try coldBuild.run()) },
        peer: { () throws(Failure) in Sample(try compile.run()) }
      ).run(),
      try Contest(
        what: "building it again, from the cache", goal: 8, rounds: workshop.rounds(400),
        peerName: "dtc --version",
        ours: { () throws(Failure) in Sample(try build.run()) },
        peer: { () throws(Failure) in Sample(try version.run()) }
      ).run(),
      try Contest(
        what: "building a description of 1000 devices from loops", goal: 1.5,
        rounds: workshop.rounds(30), peerName: "dtgen build, 1 device",
        ours: { () throws(Failure) in Sample(try loop.run()) },
        peer: { () throws(Failure) in Sample(try one.run()) }
      ).run(),
      try Contest(
        what: "building a description of 100 devices one by one", goal: 2,
        rounds: workshop.rounds(30), peerName: "dtgen build, 1 device",
        ours: { () throws(Failure) in Sample(try writtenOut.run()) },
        peer: { () throws(Failure) in Sample(try one.run()) }
      ).run(),
    ]
  }

  /// Builds a description of `fixtures/many`, compiled each time.
  private static func large(_ name: String, _ workshop: Workshop) -> Invocation {
    Invocation(
      executable: workshop.dtgen,
      arguments: [
        "build", Repository.fixtures + "/many/\(name)/platform.swift", "-q", "--no-cache", "-o",
        workshop.file(name),
      ])
  }
}

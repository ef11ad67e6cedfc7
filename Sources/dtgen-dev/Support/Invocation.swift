import Glibc

/// What is run, and where its output goes.
struct Invocation {
  /// The program's path.
  var executable: String
  /// Its arguments, without its own name.
  var arguments: [String]
  /// Variables that it gets on top of ours.
  var environment: [String: String] = [:]
  /// The file that takes its standard output.
  var output = "/dev/null"
  /// The file that takes its standard error.
  var errors = "/dev/null"

  /// The command as one would type it.
  var text: String { ([executable] + arguments).joined(separator: " ") }

  /// Runs it to its end.
  ///
  /// - Throws: ``Failure`` where it can't be started, or ends with another status than 0.
  @discardableResult
  func run() throws(Failure) -> ProcessRun {
    let run = try measured()
    guard run.status == 0 else { throw Failure("status \(run.status) from: \(text)") }
    return run
  }

  /// Runs it to its end, whatever its status is.
  ///
  /// - Throws: ``Failure`` where it can't be started.
  func measured() throws(Failure) -> ProcessRun {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let writing = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, writing, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, errors, writing, 0o644)

    var arguments = ([executable] + arguments).map { strdup($0) } + [nil]
    var variables = Self.inherited(with: environment).map { strdup($0) } + [nil]
    defer { for string in arguments + variables { free(string) } }
    var process: pid_t = 0
    var usage = rusage()
    var status: Int32 = 0
    let start = Clock.nanoseconds()
    let code = posix_spawn(&process, executable, &actions, nil, &arguments, &variables)
    guard code == 0 else {
      throw Failure("\(executable) can't be started: \(String(cString: strerror(code)))")
    }
    while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
    let end = Clock.nanoseconds()
    // WIFEXITED and its like are macros, which are not imported; see wait(2).
    let signal = status & 0x7f
    return ProcessRun(
      wall: end - start,
      processor: Clock.nanoseconds(usage.ru_utime) + Clock.nanoseconds(usage.ru_stime),
      peakMemory: Self.peakMemory(usage),
      status: signal == 0 ? (status >> 8) & 0xff : -signal)
  }

  private static func peakMemory(_ usage: rusage) -> Int? {
    var own = rusage()
    getrusage(RUSAGE_SELF.rawValue, &own)
    return usage.ru_maxrss > own.ru_maxrss ? usage.ru_maxrss * 1024 : nil
  }

  /// Our environment as `NAME=value`, with `additions` in place of what it says.
  private static func inherited(with additions: [String: String]) -> [String] {
    var assignments: [String] = []
    var next = environ
    while let entry = next.pointee {
      let assignment = String(cString: entry)
      let name = String(assignment.prefix { $0 != "=" })
      if additions[name] == nil { assignments.append(assignment) }
      next += 1
    }
    return assignments + additions.map { "\($0.key)=\($0.value)" }.sorted()
  }
}

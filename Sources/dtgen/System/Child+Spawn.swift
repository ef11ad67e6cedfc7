internal import CLinux
internal import Glibc

extension Child {
  /// Starts the process, in a group of its own; the pipes are those of ``captures``.
  func spawn() throws(SystemError) -> (process: pid_t, pipes: [FileDescriptor]) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for number in inherited.keys.sorted() {
      guard let file = inherited[number] else { continue }
      posix_spawn_file_actions_adddup2(&actions, file.number, number)
    }
    var pipes: [FileDescriptor] = []
    var writing: [FileDescriptor] = []
    for capture in captures {
      let pipe = try FileDescriptor.pipe()
      pipes.append(pipe.reading)
      writing.append(pipe.writing)
      posix_spawn_file_actions_adddup2(&actions, pipe.writing.number, capture.number)
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The signals held back here must reach the child, and its own children end with it.
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETPGROUP))

    var process: pid_t = 0
    let arguments = Self.cStrings([Path.name(of: executable)] + arguments)
    let environment = Self.cStrings(environment)
    defer { for string in arguments + environment { free(string) } }
    let code = posix_spawn(&process, executable, &actions, &attributes, arguments, environment)
    // The writing ends have to live until here; from now on the child alone holds them.
    withExtendedLifetime(writing) {}
    guard code == 0 else { throw SystemError(code: code) }
    return (process, pipes)
  }

  /// A null-terminated array of C strings, for the caller to free.
  private static func cStrings(_ strings: [String]) -> [UnsafeMutablePointer<CChar>?] {
    strings.map { $0.withSystemPath { strdup($0) } } + [nil]
  }
}

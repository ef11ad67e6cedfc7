/// The Swift toolchain that compiles descriptions.
struct Toolchain {
  /// The directory of its programs, with every link followed.
  let programs: String

  /// Finds it: `DTGEN_TOOLCHAIN`, or where the `swift-frontend`, `swiftc` or `swift` on `PATH` leads.
  ///
  /// - Throws: ``ManifestError/Code/unavailable`` with what to do about it.
  init(_ environment: Environment) throws(ManifestError) {
    if let chosen = environment["DTGEN_TOOLCHAIN"] {
      let candidates = ["\(chosen)/usr/bin", "\(chosen)/bin", chosen]
      guard let found = candidates.lazy.compactMap(Self.programs(in:)).first else {
        throw ManifestError(
          .unavailable,
          "error: DTGEN_TOOLCHAIN is \(chosen), where there is no usr/bin/swift-frontend")
      }
      programs = found
      return
    }
    var proxy: String?
    for name in ["swift-frontend", "swiftc", "swift"] {
      guard let path = Path.executable(name, on: environment["PATH"] ?? ""),
        let resolved = Path.resolved(path)
      else { continue }
      if let found = Self.programs(in: Path.directory(of: resolved)) {
        programs = found
        return
      }
      if Path.name(of: resolved) == "swiftly" { proxy = path }
    }
    throw ManifestError(.unavailable, Self.absent(proxy: proxy))
  }

  /// The directory with links followed, if it holds a compiler and not a stand-in for one.
  private static func programs(in directory: String) -> String? {
    guard let resolved = Path.resolved(directory + "/swift-frontend"),
      Path.name(of: resolved) == "swift-frontend", Path.isExecutable(resolved)
    else { return nil }
    return Path.directory(of: resolved)
  }

  private static func absent(proxy: String?) -> String {
    if let proxy {
      return """
        error: \(proxy) belongs to swiftly, which picks a toolchain at each run
        help: set DTGEN_TOOLCHAIN to what `swiftly use --print-location` prints
        """
    }
    return """
      error: compiling a description needs a Swift toolchain, and there is no swift-frontend on PATH
      help: install Swift from https://swift.org/install, or set DTGEN_TOOLCHAIN to where it is; \
      a model in JSON needs no toolchain
      """
  }

  /// The compiler proper, which the driver would run.
  var frontend: String { programs + "/swift-frontend" }
  /// The driver, which compiles and links.
  var driver: String { programs + "/swiftc" }
  /// The linker; not every distribution's toolchain has it.
  var linker: String { programs + "/ld.lld" }
  /// Turns addresses into lines; not every distribution's toolchain has it.
  var symbolizer: String { programs + "/llvm-symbolizer" }
  /// The directory of the shared libraries of Swift.
  var libraries: String { Path.directory(of: programs) + "/lib/swift/linux" }
  /// What registers an object's types with the runtime when it is loaded.
  var runtimeObject: String { "\(libraries)/\(Self.architecture)/swiftrt.o" }

  /// The target that descriptions are compiled for, which is this machine.
  static var target: String { architecture + "-unknown-linux-gnu" }

  private static var architecture: String {
    #if arch(arm64)
      "aarch64"
    #else
      "x86_64"
    #endif
  }
}

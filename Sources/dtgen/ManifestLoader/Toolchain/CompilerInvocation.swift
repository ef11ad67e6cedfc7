/// The command lines of the toolchain, in one place.
///
/// The frontend's options are no stable interface: what changes with a release of Swift changes here,
/// and where the frontend rejects them, the driver does the same more slowly.
struct CompilerInvocation {
  let toolchain: Toolchain
  let runtime: RuntimeLibrary
  /// The paths of the description's files.
  let sources: [String]
  /// The size of those files, in bytes.
  var length = 0
  /// Where the compiler may keep modules that it had to build; nil leaves that to it.
  var moduleCache: String?

  /// From which size on it pays to compile in haste first, in bytes: some fifty devices one by one.
  static let longLength = 6 << 10

  /// Whether to compile in haste first.
  var isLong: Bool { length >= Self.longLength }

  /// Compiles what ``frontend`` does in less time, where it can, and fails where it can't: `sources` are
  /// the files, or what ``LongBlocks`` made of them.
  ///
  /// The type checker splits each line into parts that don't depend on each other, and copies what it
  /// knows of all lines before for every part. Without that a list of sums may take it forever, so it
  /// is given a limit. There are no lines for the places of traps.
  func hasty(_ sources: [String]) -> [String] {
    frontend(sources) + [
      "-solver-disable-splitter", "-solver-scope-threshold=\(20_000 + length)",
    ]
  }

  /// Compiles all files in one job, and writes the object to standard output.
  var frontend: [String] {
    // What turns the address of a trap into a line.
    frontend(sources) + ["-gline-tables-only"]
  }

  private func frontend(_ sources: [String]) -> [String] {
    ["-frontend", "-c"] + sources + [runtime.entry] + [
      "-target", Toolchain.target, "-disable-objc-interop",
      "-module-name", "platform_description", "-parse-as-library", "-swift-version", "5",
      "-I", runtime.directory,
      // Optimising takes longer than it saves in a program that runs once.
      "-Onone",
      // Importing these unasked costs 3 to 5 ms.
      "-disable-implicit-concurrency-module-import",
      "-disable-implicit-string-processing-module-import",
      // What looks at all of the code: for an object of an earlier run that fits, which there is
      // none of, and for faults of the compiler's own.
      "-disable-incremental-llvm-codegen", "-disable-llvm-verify",
      "-o", "-",
    ] + moduleCacheOptions
  }

  /// Links the object that the linker inherits as `number`, and writes to standard output.
  func linker(object number: Int32, autolinked: [String]) -> [String] {
    [
      "-shared", "--eh-frame-hdr", "--threads=1", "-o", "-",
      toolchain.runtimeObject, FileDescriptor.path(of: number),
      "-L", runtime.directory, "-L", toolchain.libraries,
      "-lPlatformDescription", "--as-needed",
    ] + autolinked + ["-lswiftCore"]
  }

  /// Compiles and links with the options that every Swift has.
  func driver(output: String) -> [String] {
    ["-emit-library", "-wmo"] + sources + [runtime.entry] + [
      "-module-name", "platform_description", "-parse-as-library", "-swift-version", "5",
      "-I", runtime.directory, "-L", runtime.directory, "-lPlatformDescription",
      "-Onone", "-gline-tables-only", "-o", output,
    ] + moduleCacheOptions
  }

  private var moduleCacheOptions: [String] {
    moduleCache.map { ["-module-cache-path", $0] } ?? []
  }
}

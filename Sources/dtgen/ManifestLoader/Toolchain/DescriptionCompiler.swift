/// Compiles a description to an object that can be loaded.
struct DescriptionCompiler {
  let invocation: CompilerInvocation
  let environment: Environment
  /// How long each step may take, in milliseconds.
  let timeLimit: Int
  /// Whether to leave the frontend's options alone and ask the driver.
  let usesDriver: Bool
  let signals: TerminationSignals

  /// What came out.
  struct Output {
    /// The object, in a file without a name.
    var object: FileDescriptor
    /// What the compiler warned of.
    var warnings: String
  }

  /// The object is inherited by the tools that read it under this number.
  static let objectNumber: Int32 = 5

  /// Has malloc ask the kernel for large pages.
  ///
  /// The compiler touches some tens of MiB once, and each page is a fault. What doesn't know the setting
  /// leaves it alone.
  ///
  /// **Source:** The GNU C Library 2.35, Memory Allocation Tunables.
  private static let largePages = "GLIBC_TUNABLES=glibc.malloc.hugetlb=1"

  /// Compiles and links.
  ///
  /// - Throws: ``ManifestError/Code/notCompiling``, ``ManifestError/Code/noPlatform``, and what the
  ///   toolchain or the system failed with.
  func compile() throws(ManifestError) -> Output {
    guard !usesDriver, Path.isExecutable(invocation.toolchain.linker) else {
      return try compileWithDriver()
    }
    let object = try unnamedFile("dtgen-object")
    let result = try run(invocation.toolchain.frontend, invocation.frontend, output: object)
    let messages = CompilerMessages(result.captured[0], sources: invocation.sources)
    guard result.ending == .exited(0) else {
      // The frontend names no file when it is the options, and not the sources, that it rejects.
      if messages.concernSources { throw messages.error }
      return try compileWithDriver()
    }
    guard let linked = try link(object) else { return try compileWithDriver() }
    return Output(object: linked, warnings: messages.text)
  }

  /// Compiles and links a long description in less time; nil for a short one, where that fails, and where
  /// there is something to say, since messages are always those of ``compile()``.
  ///
  /// - Throws: what the system failed with, and what came in between.
  func compileInHaste(_ files: [ManifestSources.File]) throws(ManifestError) -> FileDescriptor? {
    guard invocation.isLong, !usesDriver, Path.isExecutable(invocation.toolchain.linker) else {
      return nil
    }
    var paths: [String] = []
    var cutFiles: [Int32: FileDescriptor] = [:]
    let isCut = !files.contains { LongBlocks.mayBeRedefined(in: $0.contents) }
    for file in files {
      guard isCut, let cut = LongBlocks.cut(file.contents, path: file.path) else {
        paths.append(file.path)
        continue
      }
      let number = Self.objectNumber + 1 + Int32(cutFiles.count)
      // Numbers from 16 on may be this process's own.
      guard number < 16 else { return nil }
      let source = try unnamedFile("dtgen-source")
      do { try source.write(cut) } catch { throw Self.failure("writing a file in memory", error) }
      cutFiles[number] = source
      paths.append(FileDescriptor.path(of: number))
    }
    let object = try unnamedFile("dtgen-object")
    let result = try run(
      invocation.toolchain.frontend, invocation.hasty(paths), output: object, reading: cutFiles)
    guard result.ending == .exited(0), result.captured[0].isEmpty else { return nil }
    return try link(object)
  }

  private func link(_ object: FileDescriptor) throws(ManifestError) -> FileDescriptor? {
    let bytes: [UInt8]
    do {
      bytes = try FileDescriptor.reading(FileDescriptor.path(of: object.number)).readToEnd()
    } catch { throw Self.failure("reading what was compiled", error) }
    let linked = try unnamedFile("dtgen-description")
    let arguments = invocation.linker(
      object: Self.objectNumber, autolinked: AutolinkEntries.entries(in: bytes))
    let result = try run(
      invocation.toolchain.linker, arguments, output: linked, reading: [Self.objectNumber: object])
    return result.ending == .exited(0) ? linked : nil
  }

  private func compileWithDriver() throws(ManifestError) -> Output {
    do {
      // The driver and its linker want names; what they leave in this directory goes with it.
      let directory = try TemporaryDirectory(environment)
      let output = directory.path + "/description.so"
      // What is wrong may be the modules kept from earlier runs.
      var invocation = invocation
      invocation.moduleCache = directory.path + "/modules"
      let result = try run(
        invocation.toolchain.driver, invocation.driver(output: output),
        temporary: directory.path)
      let messages = CompilerMessages(result.captured[0], sources: invocation.sources)
      guard result.ending == .exited(0) else {
        if messages.concernSources { throw messages.error }
        throw ManifestError(
          .internalFailure,
          "error: the Swift compiler of \(invocation.toolchain.programs) failed"
            + (messages.text.isEmpty ? "" : ":\n" + messages.text))
      }
      return Output(object: try FileDescriptor.reading(output), warnings: messages.text)
    } catch let error as ManifestError {
      throw error
    } catch {
      throw ManifestError(.internalFailure, "error: compiling the description: \(error)")
    }
  }

  private func run(
    _ executable: String, _ arguments: [String], output: FileDescriptor? = nil,
    reading files: [Int32: FileDescriptor] = [:], temporary: String? = nil
  ) throws(ManifestError) -> Child.Result {
    var child = Child(
      executable: executable, arguments: arguments,
      environment: environment.assignments(["HOME", "PATH", "XDG_CACHE_HOME"])
        + ["TMPDIR=\(temporary ?? environment["TMPDIR"] ?? "/tmp")", Self.largePages],
      timeLimit: timeLimit)
    child.inherited = files
    child.inherited[1] = output
    let result: Child.Result
    do { result = try child.run(watching: signals) } catch {
      throw Self.failure("starting \(executable)", error)
    }
    switch result.ending {
    case .interrupted(let signal):
      throw ManifestError.interrupted(by: signal)
    case .timedOut:
      throw ManifestError(
        .tooSlow,
        "\(invocation.sources.first ?? "platform.swift"): error: compiling the description took "
          + "longer than \(timeLimit / 1000) s; write loops, put long lists into globals of their own, or "
          + "build from a model in JSON, which needs no compiler")
    default:
      return result
    }
  }

  private func unnamedFile(_ purpose: String) throws(ManifestError) -> FileDescriptor {
    do { return try FileDescriptor.unnamed(purpose) } catch {
      throw Self.failure("making a file in memory", error)
    }
  }

  private static func failure(_ doing: String, _ error: SystemError) -> ManifestError {
    ManifestError(.internalFailure, "error: \(doing): \(error)")
  }
}

internal import Glibc

/// Turns a description in Swift into its model.
///
/// The description is compiled together with a file of dtgen's own, and run in a process that has
/// given up every right before the first line of it runs. The model of an earlier run is taken where
/// nothing that it depends on has changed.
struct ManifestLoader {
  /// What may be chosen about it.
  struct Options: Sendable {
    /// How long the description may run, in milliseconds.
    var timeLimit = 10_000
    /// How much memory it may use besides what its libraries take, in bytes.
    var memoryLimit = 1 << 30
    /// How large its model may be, in bytes.
    var modelLimit = 64 << 20
    /// How long compiling may take, in milliseconds.
    var compileTimeLimit = 120_000
    /// Whether to refuse where the kernel can't confine the description, and not merely to warn.
    var requiresSandbox = false
    /// Whether models are taken from earlier runs and kept for later ones.
    var usesCache = true
    /// Whether to compile with `swiftc`, which is what is done where the frontend's options don't fit.
    var usesDriver = false
    /// Layers of protection to do without, as if the kernel didn't have them; for tests.
    var absentLayers: [String] = []
    /// The variables that say where things are.
    var environment = Environment()
  }

  let options: Options

  init(_ options: Options = Options()) { self.options = options }

  /// The model of the description in these files; a directory stands for its Swift files.
  ///
  /// - Throws: ``ManifestError``; its text is for the user as it is. A signal that ended the work is
  ///   raised again here, after everything has been tidied up.
  func load(_ sources: [String]) throws(ManifestError) -> LoadedManifest {
    let sources = try ManifestSources(sources)
    let runtime = try RuntimeLibrary(options.environment)
    let toolchain = try Toolchain(options.environment)
    let cache = ModelCache(options.environment)
    let key = CacheKey(
      sources: sources, toolchain: toolchain, runtime: runtime, options: optionsInKey)
    if options.usesCache, let manifest = cache?.manifest(for: key) { return manifest }

    let manifest: LoadedManifest
    do {
      manifest = try evaluate(sources, toolchain, runtime, moduleCache: cache?.modules)
    } catch {
      if let signal = error.signal { raise(signal) }
      throw error
    }
    // A source that was saved meanwhile may be newer than what was compiled, or older.
    if options.usesCache, !sources.haveChanged { cache?.store(manifest, for: key) }
    return manifest
  }

  private func evaluate(
    _ sources: ManifestSources, _ toolchain: Toolchain, _ runtime: RuntimeLibrary,
    moduleCache: String?
  ) throws(ManifestError) -> LoadedManifest {
    let signals: TerminationSignals
    do { signals = try TerminationSignals() } catch {
      throw ManifestError(.internalFailure, "error: holding back signals: \(error)")
    }
    let paths = sources.files.map(\.path)
    // The compiler fails where it can't keep its modules.
    let temporary = moduleCache == nil ? try? TemporaryDirectory(options.environment) : nil
    defer { withExtendedLifetime(temporary) {} }
    let compiler = DescriptionCompiler(
      invocation: CompilerInvocation(
        toolchain: toolchain, runtime: runtime, sources: paths,
        length: sources.files.reduce(0) { $0 + $1.contents.count },
        moduleCache: moduleCache ?? temporary?.path),
      environment: options.environment, timeLimit: options.compileTimeLimit,
      usesDriver: options.usesDriver, signals: signals)
    let evaluator = Evaluator(
      toolchain: toolchain, runtime: runtime, options: options, signals: signals, sources: paths)
    if let object = try compiler.compileInHaste(sources.files),
      let manifest = try evaluator.evaluateInHaste(object)
    {
      return manifest
    }
    let compiled = try compiler.compile()
    var manifest = try evaluator.evaluate(compiled.object)
    if !compiled.warnings.isEmpty {
      manifest.warnings = compiled.warnings + "\n" + manifest.warnings
    }
    return manifest
  }

  /// A model that took more time than is allowed now, or was made with less protection, is no answer.
  private var optionsInKey: [String] {
    [
      "time \(options.timeLimit)", "memory \(options.memoryLimit)", "model \(options.modelLimit)",
      "sandbox \(options.requiresSandbox) \(options.absentLayers)", "driver \(options.usesDriver)",
    ]
  }
}

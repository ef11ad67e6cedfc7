import ArgumentParser
import PlatformDescription

/// How a description becomes a platform.
struct EvaluationOptions: ParsableArguments {
  @Flag(
    name: .customLong("cache"), inversion: .prefixedNo, help: "Keep and reuse evaluated models.")
  var cache = true

  @Option(
    name: .customLong("time-limit"),
    help: ArgumentHelp(
      "How long a description may run, in seconds; compiling it may take 120 besides.",
      valueName: "seconds"))
  var timeLimit = 10

  @Option(
    name: .customLong("memory-limit"),
    help: ArgumentHelp("How much memory a description may take, in MiB.", valueName: "MiB"))
  var memoryLimit = 1024

  @Flag(
    name: .customLong("require-sandbox"),
    help: "Refuse to evaluate where the kernel can't take the description's rights away.")
  var requireSandbox = false

  func validate() throws {
    guard (1...3600).contains(timeLimit) else {
      throw ValidationError("--time-limit takes 1 to 3600 seconds.")
    }
    guard (64...65536).contains(memoryLimit) else {
      throw ValidationError("--memory-limit takes 64 to 65536 MiB.")
    }
  }

  /// The platform that `sources` describe.
  ///
  /// - Throws: ``Failure`` with the place in the description or in the document.
  func platform(from sources: [String]) throws(Failure) -> Platform {
    if sources.contains(where: Self.isModel) {
      guard sources.count == 1, let source = sources.first else {
        throw Failure(.usage, "a model in JSON stands for a whole description; name it alone")
      }
      return try Self.platform(strictJSON: try InputFile.read(source), from: source)
    }
    let manifest: LoadedManifest
    do {
      manifest = try ManifestLoader(loaderOptions).load(sources)
    } catch {
      // What a description prints is for its author; standard output is for the report.
      StandardStream.error.write(error.standardOutput)
      throw Failure(printing: error.text, ExitStatus(rawValue: error.exitStatus))
    }
    StandardStream.error.write(manifest.standardOutput)
    StandardStream.error.write(manifest.warnings)
    do {
      return try Platform(packed: manifest.model)
    } catch {
      throw Failure(.internalError, "the model of the description can't be read: \(error)")
    }
  }

  private var loaderOptions: ManifestLoader.Options {
    var options = ManifestLoader.Options()
    options.timeLimit = timeLimit * 1000
    options.memoryLimit = memoryLimit << 20
    options.requiresSandbox = requireSandbox
    options.usesCache = cache
    return options
  }

  private static func isModel(_ source: String) -> Bool {
    source == "-" || source.hasSuffix(".json")
  }

  private static func platform(
    strictJSON json: [UInt8], from source: String
  ) throws(Failure) -> Platform {
    do {
      return try Platform(strictJSON: json)
    } catch {
      throw Failure(.badInput, "\(source == "-" ? "standard input" : source): \(error)")
    }
  }
}

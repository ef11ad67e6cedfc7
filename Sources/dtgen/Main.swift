internal import ArgumentParser
internal import Glibc

@main
struct DTGen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dtgen", subcommands: [Build.self])
}

/// Stands in for the command until it lands: prints the model.
struct Build: ParsableCommand {
  @Argument var sources: [String]
  @Flag var requireSandbox = false
  @Option var timeLimit = 10_000
  @Flag var useDriver = false
  @Flag var noCache = false

  func emit(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
  }

  func run() throws {
    var options = ManifestLoader.Options()
    options.requiresSandbox = requireSandbox
    options.timeLimit = timeLimit
    options.usesDriver = useDriver
    options.usesCache = !noCache
    do throws(ManifestError) {
      let manifest = try ManifestLoader(options).load(sources)
      emit(manifest.warnings)
      print(String(decoding: manifest.standardOutput, as: UTF8.self), terminator: "")
      print(String(decoding: manifest.model, as: UTF8.self))
    } catch {
      print(String(decoding: error.standardOutput, as: UTF8.self), terminator: "")
      emit(error.text + "\n")
      throw ExitCode(error.exitStatus)
    }
  }
}

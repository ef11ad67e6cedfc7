/// The files of dtgen's own that a description is compiled and run with.
struct RuntimeLibrary {
  /// The name of the file that is compiled together with every description.
  static let entryName = "dtgen-entry.swift"

  /// The directory of them.
  let directory: String

  /// Finds it: `DTGEN_LIB`, or `../lib/dtgen` seen from where this program lies.
  ///
  /// - Throws: ``ManifestError/Code/unavailable``.
  init(_ environment: Environment) throws(ManifestError) {
    if let chosen = environment["DTGEN_LIB"] {
      directory = Path.resolved(chosen) ?? chosen
    } else {
      let program = Path.resolved("/proc/self/exe") ?? "/proc/self/exe"
      directory = Path.directory(of: Path.directory(of: program)) + "/lib/dtgen"
    }
    guard Path.isExecutable(evaluator) else {
      throw ManifestError(
        .unavailable,
        """
        error: dtgen's own files are not in \(directory)
        help: move dtgen together with the lib directory beside its bin, or set DTGEN_LIB
        """)
    }
  }

  /// Calls `emitModel`; compiled with the description.
  var entry: String { "\(directory)/\(Self.entryName)" }
  /// Runs what was compiled.
  var evaluator: String { "\(directory)/dtgen-eval" }
  /// The language that descriptions are written in.
  var library: String { "\(directory)/libPlatformDescription.so" }
  /// The library's interface, for the compiler.
  var module: String { "\(directory)/PlatformDescription.swiftmodule" }
  /// The interface in the form that is read first.
  var binaryModule: String { "\(module)/\(Toolchain.target).swiftmodule" }
}

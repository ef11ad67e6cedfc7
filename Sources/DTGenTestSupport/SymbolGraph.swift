import Foundation

/// The public declarations of a module of this package, as the compiler tells documentation tools.
///
/// **Source:** swiftlang/swift-docc-symbolkit, `openapi.yaml`.
public struct SymbolGraph: Decodable, Sendable {
  /// A declaration.
  public struct Symbol: Decodable, Sendable {
    /// What it is: `swift.struct`, `swift.init`.
    public struct Kind: Decodable, Sendable {
      /// The kind.
      public let identifier: String
    }
    /// A word of the declaration.
    public struct Fragment: Decodable, Sendable {
      /// The word, or what stands between two.
      public let spelling: String
    }
    /// The comment in front of a declaration.
    public struct Comment: Decodable, Sendable {
      /// A line of it.
      public struct Line: Decodable, Sendable {
        /// The line, without the slashes.
        public let text: String
      }
      /// The lines.
      public let lines: [Line]
    }
    /// What tells it from all others.
    public struct Identifier: Decodable, Sendable {
      /// The mangled name.
      public let precise: String
    }
    /// What tells it from all others.
    public let identifier: Identifier
    /// What it is.
    public let kind: Kind
    /// Its name, behind those of the types that it is in.
    public let pathComponents: [String]
    /// Its documentation.
    public let docComment: Comment?
    /// The declaration in Swift.
    public let declarationFragments: [Fragment]?
  }

  /// What one declaration is to another.
  public struct Relationship: Decodable, Sendable {
    /// `conformsTo`, among others.
    public let kind: String
    /// The one that conforms.
    public let source: String
    /// The protocol.
    public let target: String
  }

  /// The declarations, in no order that can be relied on.
  public let symbols: [Symbol]
  /// What they are to each other.
  public let relationships: [Relationship]

  /// The names of the protocols of this module to which `symbol` conforms.
  public func protocols(of symbol: Symbol) -> Set<String> {
    let targets = Set(
      relationships.filter {
        $0.kind == "conformsTo" && $0.source == symbol.identifier.precise
      }.map(\.target))
    return Set(
      symbols.filter { targets.contains($0.identifier.precise) }
        .map { $0.pathComponents.joined(separator: ".") })
  }

  /// Where the modules lie that the running tests were linked with.
  public static let modules: String = {
    let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return executable.deletingLastPathComponent().appendingPathComponent("Modules").path
  }()

  /// Asks the compiler.
  ///
  /// - Throws: ``Failure``, ``Tool/Missing``, and what decoding throws.
  public init(module: String) throws {
    let scratch = try ScratchDirectory()
    let result = try Tool.swift.run([
      "symbolgraph-extract", "-module-name", module, "-I", Self.modules, "-target", Self.target,
      "-minimum-access-level", "public", "-skip-synthesized-members", "-output-dir", scratch.path,
    ])
    guard result.status == 0, let json = scratch.read("\(module).symbols.json") else {
      throw Failure(description: "symbols of \(module): \(result.errors)")
    }
    self = try JSONDecoder().decode(SymbolGraph.self, from: Data(json))
  }

  /// The compiler gave no symbols.
  public struct Failure: Error, CustomStringConvertible {
    /// What it said.
    public let description: String
  }

  #if arch(arm64)
    private static let target = "aarch64-unknown-linux-gnu"
  #else
    private static let target = "x86_64-unknown-linux-gnu"
  #endif
}

extension Tool {
  /// Swift itself.
  public static let swift = Tool("swift", package: "swift, from https://swift.org/install")
}

import DTGenTestSupport
import PlatformDescription
import Testing

@testable import dtgen

@Suite("a long description")
struct LongBlocksTests {
  /// A description with `count` devices, each from a line, and `more` in front of them.
  static func description(
    _ count: Int = 100, before: String = "", more: String = "", _ line: (Int) -> String = device
  ) -> String {
    """
    import PlatformDescription
    \(before)
    let platform = Platform("long") {
      VirtualMachine("guest", architecture: .arm64) {  // A "{" that is none.
        Memory(at: 0x4000_0000, size: .gib(2))
    \(more)
    \((0..<count).map { "    " + line($0) }.joined(separator: "\n"))
      }
    }

    """
  }

  static func device(_ index: Int) -> String {
    """
    VirtioMMIO(
          .block, at: 0x0a00_0000 + \(index * 0x200),  // One of many.
          interrupt: .spi(\(index), .edgeRising))
    """
  }

  private func cut(_ text: String) -> String? {
    LongBlocks.cut(Array(text.utf8), path: "a b/platform.swift").map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test("is cut into rows, with each byte of it in its place")
  func rows() throws {
    let text = Self.description(41)
    let lines = try #require(cut(text)).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "#sourceLocation(file: \"a b/platform.swift\", line: 1)")
    let old = text.split(separator: "\n", omittingEmptySubsequences: false)
    try #require(lines.count == old.count + 1)
    var changed = 0
    for (new, line) in zip(lines.dropFirst(), old) where new != line {
      let code = line.firstRange(of: "  // ").map { line[..<$0.lowerBound] } ?? line
      #expect(new.hasPrefix(code) && new.hasSuffix(line.dropFirst(code.count)), "\(new)")
      changed += 1
    }
    // Three rows of fourteen, of which all but the last end where another one starts.
    #expect(changed == 4)
    #expect(lines.count { $0.contains("ComponentRowBuilder var dtgenRow") } == 3)
  }

  @Test(
    "is left alone where something may be meant otherwise",
    arguments: [
      ("before", "let half = 4 / 2"), ("before", "/* a comment */"),
      ("before", "#if os(Linux)\n#endif"),
      ("before", "let text = \"\"\"\n  {\n  \"\"\""), ("before", "let text = #\"a\"#"),
      ("before", "let text = \"\\(\"nested\")\""), ("before", "let `default` = 1"),
      ("before", "let a = 1; let b = 2"), ("before", "let size = \\Platform.name"),
      ("more", "    VirtioMMIO(.block, at: 0x1000, interrupt: .spi(1, .edgeRising)"),
    ])
  func doubtful(place: String, line: String) {
    let text =
      place == "before" ? Self.description(before: line) : Self.description(more: line)
    #expect(cut(text) == nil)
  }

  @Test(
    "is left alone where a block may be another one",
    arguments: ["func Twice() {}", "func `do`() {}", "extension ComponentBuilder {}"])
  func redefined(line: String) {
    #expect(LongBlocks.mayBeRedefined(in: Array(line.utf8)))
    #expect(!LongBlocks.mayBeRedefined(in: Array(Self.description(before: "func a() {}").utf8)))
  }

  @Test("has no row across what isn't certain to start a component")
  func interrupted() throws {
    let other = ["let a = 1", "for _ in 0..<1 {}", "bounce", "+ VirtioMMIO(.block)", "? a : b"]
    for line in other {
      let text = Self.description(18) { $0.isMultiple(of: 9) ? line : Self.device($0) }
      #expect(cut(text) == nil, "\(line)")
    }
    #expect(cut(Self.description(9)) == nil)
    #expect(cut(Self.description(10)) != nil)
    #expect(cut(Self.description().replacing("VirtualMachine(", with: "Bus(")) == nil)
    #expect(
      cut(Self.description().replacing("  VirtualMachine(", with: "  !VirtualMachine(")) == nil)
  }
}

@Suite("a long description, built", .requiresDistribution)
struct LongDescriptionTests {
  private func bench() throws -> Bench {
    var bench = try Bench()
    bench.options.usesCache = false
    return bench
  }

  /// The model in haste, and the usual way.
  private func models(_ text: String) throws -> (hasty: [UInt8], usual: [UInt8]) {
    var bench = try bench()
    let source = try bench.write(text)
    let files = try ManifestSources([source]).files
    let environment = bench.options.environment
    let compiler = DescriptionCompiler(
      invocation: CompilerInvocation(
        toolchain: try Toolchain(environment), runtime: try RuntimeLibrary(environment),
        sources: [source], length: text.utf8.count, moduleCache: bench.scratch.path + "/modules"),
      environment: environment, timeLimit: bench.options.compileTimeLimit, usesDriver: false,
      signals: try TerminationSignals())
    try #require(try compiler.compileInHaste(files) != nil)
    let hasty = try bench.loader.load([source]).model
    bench.options.usesDriver = true
    return (hasty, try bench.loader.load([source]).model)
  }

  @Test("has the model of one that is compiled as it stands, with all lines and columns")
  func sameModel() throws {
    let fixture = Repository.fixtures + "/many/hundred-written-out/platform.swift"
    let text = String(decoding: try FileDescriptor.reading(fixture).readToEnd(), as: UTF8.self)
    for text in [
      text, LongBlocksTests.description(),
      LongBlocksTests.description(before: "let half = 4 / 2"),
      LongBlocksTests.description {
        $0 == 50
          ? "for _ in 0..<3 { VirtioMMIO(.entropy) }"
          : LongBlocksTests.device($0) + ($0 == 20 ? "\n      .nonCoherent()" : "")
      },
    ] {
      let models = try models(text)
      #expect(models.hasty == models.usual)
    }
  }

  @Test("has its mistakes and traps told as of one that is short")
  func sameMessages() throws {
    for line in [
      "Property(\"reg\", 7)", "VirtioMMIO(.blok)", "let x: Int? = nil; Node(\"n\\(x!)\")",
      "Node(\"n\\([1].count > 0 ? [Int]()[0] : 1)\")",
    ] {
      let bench = try bench()
      let place = { (index: Int) in index == 20 ? line : LongBlocksTests.device(index) }
      let texts = [21, 100].map { LongBlocksTests.description($0, place) }
      #expect(texts[0].utf8.count < CompilerInvocation.longLength)
      let errors = try texts.map { text in
        let source = try bench.write(text)
        return #expect(throws: ManifestError.self) { try bench.loader.load([source]) }
      }
      #expect(errors[0]?.code == errors[1]?.code)
      let first = errors.map { $0?.text.split(separator: "\n").first }
      #expect(first[0] == first[1])
      #expect(first[0]?.contains("platform.swift:67:") == true, "\(first[0] ?? "")")
    }
  }
}

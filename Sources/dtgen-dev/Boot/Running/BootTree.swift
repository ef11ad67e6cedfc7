import DTGenTestSupport
import DeviceTree
import Foundation
import PlatformLint

/// Where the tree of a boot comes from.
enum BootTree: Hashable {
  /// A virtual machine of a platform in `fixtures/platforms`, as `dist/bin/dtgen` emits it.
  case fixture(String, machine: String)
  /// A wrong example of a rule.
  case example(rule: String, Int)
  /// These bytes.
  case bytes([UInt8])
  /// No tree, but tables.
  case tables(BootTables)
  /// A right example of a rule.
  case rightExample(rule: String, Int)
  /// Text over one of the bases of the rules' examples.
  case text(Example.Base, String)

  /// A right example of a rule.
  static func right(_ rule: String, _ index: Int) -> BootTree { .rightExample(rule: rule, index) }

  /// Whether it is of this platform of the fixtures.
  func isOf(_ platform: String, machine: String) -> Bool {
    if case .tables(let tables) = self {
      return tables.source == .fixture(platform, machine: machine)
    }
    return self == .fixture(platform, machine: machine)
  }

  /// Whether dtc makes its bytes.
  var isCompiled: Bool {
    switch self {
    case .example, .rightExample, .text: true
    case .fixture, .bytes, .tables: false
    }
  }

  /// The example.
  func example() throws -> Example {
    switch self {
    case .fixture(let name, _): throw Failure("\(name) is no example")
    case .bytes, .tables: throw Failure("this is no example")
    case .text(let base, let text): return Example(in: base, text)
    case .example(let id, let index):
      guard let rule = RuleCatalogue.rule(id), rule.bad.indices.contains(index) else {
        throw Failure("there is no wrong example \(index) of \(id)")
      }
      return rule.bad[index]
    case .rightExample(let id, let index):
      guard let rule = RuleCatalogue.rule(id), rule.good.indices.contains(index) else {
        throw Failure("there is no right example \(index) of \(id)")
      }
      return rule.good[index]
    }
  }

  /// The bytes that the guest gets.
  ///
  /// - Throws: ``Failure``, and what dtc and dtgen say.
  func bytes() throws -> [UInt8] {
    switch self {
    case .fixture(let platform, let machine):
      let scratch = try ScratchDirectory()
      let dtgen = Tool(path: Repository.root + "/dist/bin/dtgen", package: "make build")
      let source = "\(Repository.fixtures)/platforms/\(platform)/platform.swift"
      let result = try dtgen.run(["build", source, "-q", "-o", scratch.path])
      guard result.status == 0, let bytes = scratch.read("\(machine).dtb") else {
        throw Failure("\(platform) gives no \(machine).dtb: \(result.errors)")
      }
      return bytes
    case .bytes(let bytes): return bytes
    case .tables: throw Failure("tables are no tree")
    case .example, .rightExample, .text: return try ExampleCompiler(try example().source).bytes
    }
  }
}

import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint

/// An example, compiled and checked under every rule.
struct Check {
  let compiled: ExampleCompiler
  let view: GuestView
  let report: LintReport

  /// Under the rules that are always asked, and those of the profile that asks `id`.
  init(_ example: Example, of id: String = "", options: [String] = []) throws {
    compiled = try ExampleCompiler(example.source, options: options)
    view = GuestView(
      tree: try FlattenedTree(compiled.bytes), features: example.features, guest: example.guest,
      expected: try example.expectedView())
    report = Self.linter(for: view, of: id).lint(view, file: "example.dtb")
  }

  /// A linter with every rule that can be asked of a tree, and those of the profile that asks `id`.
  static func linter(
    for view: GuestView, of id: String = "", allowances: [Allowance] = []
  ) -> Linter {
    Linter(
      rules: Overlay.rules(among: RuleCatalogue.rules(for: targets(of: id)), for: view.tree),
      allowances: allowances)
  }

  /// The consumers that a check has to name for the rule with this id to be asked.
  static func targets(of id: String) -> [Target] {
    guard let rule = RuleCatalogue.rule(id), let profile = rule.profile else { return [] }
    // The oldest version has every rule that holds of any, of which one may silence another.
    return rule.before.map { [Target(linux: .init($0.major, $0.minor - 1))] } ?? [Target(profile)]
  }

  /// The line of the example that a finding is on; 0 where it is in the base.
  func line(of finding: Finding) -> Int {
    guard let node = finding.place.node else { return 0 }
    if let property = finding.place.property {
      return compiled.lines.line(ofProperty: property, in: node) ?? 0
    }
    return compiled.lines.line(ofNode: node) ?? 0
  }
}

extension Example {
  /// What the guest was to see; nil where nobody tells.
  func expectedView() throws -> GuestView? {
    guard let expectedSource else { return nil }
    return GuestView(
      tree: try FlattenedTree(try ExampleCompiler(expectedSource).bytes), features: expectedFeatures
    )
  }
}

extension RuleCatalogue {
  static var ids: [String] { all.map { $0.id } }
}

extension Finding {
  /// The finding in one line, for a test that fails.
  var line: String {
    "\(severity) \(rule) \(place.node ?? "") \(place.element ?? place.property ?? ""): \(message)"
  }
}

/// A tree in device tree source, as the guest sees it.
func view(_ source: String, features: DeviceFeatures? = nil) throws -> GuestView {
  let bytes = try ExampleCompiler("/dts-v1/;\n" + source).bytes
  return GuestView(tree: try FlattenedTree(bytes), features: features)
}

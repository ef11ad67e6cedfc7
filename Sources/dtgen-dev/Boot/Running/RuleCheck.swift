import DeviceTree
import GuestView
import PlatformLint

/// Makes sure that a boot is about its rule: that the rule finds the fault, and nothing without it.
enum RuleCheck {
  /// - Throws: ``Failure`` where it isn't, and what making the trees throws.
  static func hold(_ boot: BootCase) throws {
    // Tables are judged by who reads them, and there is no tree.
    if case .tables = boot.tree { return }
    guard let id = boot.rule, let rule = RuleCatalogue.rule(id) else {
      if let id = boot.rule { throw Failure("there is no rule \(id)") }
      return
    }
    guard try finds(rule, in: boot.tree, features: boot.tree.example().features) else {
      throw Failure("\(id) finds nothing in this tree")
    }
    guard let twin = boot.twin?.tree else { return }
    if try finds(rule, in: twin, features: nil) {
      throw Failure("\(id) finds something without the fault, too")
    }
  }

  private static func finds(
    _ rule: any Rule.Type, in tree: BootTree, features: DeviceFeatures?
  ) throws -> Bool {
    let view = GuestView(tree: try FlattenedTree(try tree.bytes()), features: features)
    return !Linter(rules: [rule]).lint(view).findings.isEmpty
  }
}

import ACPI
import DeviceTree
import GuestView
import PlatformLint

/// Makes sure that a boot is about its rule: that the rule finds the fault, and nothing without it.
enum RuleCheck {
  /// - Throws: ``Failure`` where it isn't, and what making the trees throws.
  static func hold(_ boot: BootCase) throws {
    guard let id = boot.rule, let rule = RuleCatalogue.rule(id) else {
      if let id = boot.rule { throw Failure("there is no rule \(id)") }
      return
    }
    if case .tables(let tables) = boot.tree {
      return try hold(id, rule, in: tables, on: boot.machine, without: boot.twin?.tree)
    }
    if let peer = boot.peer {
      guard try finds(rule, in: [boot.tree, peer.tree]) else {
        throw Failure("\(id) finds nothing in these two trees")
      }
      guard let twin = boot.twin, let other = twin.peer else { return }
      if try finds(rule, in: [twin.tree, other.tree]) {
        throw Failure("\(id) finds something without the fault, too")
      }
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

  private static func hold(
    _ id: String, _ rule: any Rule.Type, in tables: BootTables, on machine: GuestMachine,
    without twin: BootTree?
  ) throws {
    guard rule is any TableRule.Type else { throw Failure("\(id) is not about tables") }
    guard try finds(rule, in: tables, on: machine) else {
      throw Failure("\(id) finds nothing in these tables")
    }
    guard case .tables(let others) = twin else { return }
    if try finds(rule, in: others, on: machine) {
      throw Failure("\(id) finds something without the fault, too")
    }
  }

  /// Besides ours there are the machine's own tables, of which the interrupt controller matters here.
  private static func finds(
    _ rule: any Rule.Type, in tables: BootTables, on machine: GuestMachine
  ) throws -> Bool {
    if tables.way == .firmware {
      let view = try TableExample(in: .none, tables: tables.given().map(\.bytes)).view()
      return !Linter(rules: [rule]).lint(view).findings.isEmpty
    }
    let base: TableExample.Base = machine.architecture == .x86_64 ? .x86 : .arm64
    let given = try tables.given().map(\.bytes)
    let view = try TableExample(in: base, tables: given + [machineTable.bytes()]).view()
    return !Linter(rules: [rule]).lint(view).findings.isEmpty
  }

  /// A DSDT in the place of the machine's own, so that what no table declares can be told.
  private static let machineTable = DefinitionBlock(
    TableHeader("DSDT", revision: 2, oemTableID: "MACHINE"),
    [
      .scope(
        "\\_SB",
        (0..<32).map { slot in
          .device(
            NamePath(NameSegment(stringLiteral: "VR" + (slot < 10 ? "0" : "") + "\(slot)")),
            [.name("_ADR", .integer(UInt64(slot)))])
        })
    ])

  /// From the bytes alone, as `lint --pair` has them.
  private static func finds(_ rule: any Rule.Type, in trees: [BootTree]) throws -> Bool {
    let machines = try trees.enumerated().map { index, tree in
      MachinesView.Machine(
        name: "machine\(index)", view: GuestView(tree: try FlattenedTree(try tree.bytes())))
    }
    return !Linter(rules: [rule]).lint(try MachinesView(machines)).findings.isEmpty
  }

  private static func finds(
    _ rule: any Rule.Type, in tree: BootTree, features: DeviceFeatures?
  ) throws -> Bool {
    let view = GuestView(tree: try FlattenedTree(try tree.bytes()), features: features)
    return !Linter(rules: [rule]).lint(view).findings.isEmpty
  }
}

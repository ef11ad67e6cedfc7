import GuestView

/// What a check can be given.
public struct Inputs: OptionSet, Sendable, Hashable {
  /// One bit for each input.
  public let rawValue: UInt16

  /// The inputs with these bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The device tree.
  public static let tree = Inputs(rawValue: 1)
  /// What the devices offer.
  public static let features = Inputs(rawValue: 2)
  /// What the guest's kernel was built with.
  public static let guestConfiguration = Inputs(rawValue: 4)
  /// ACPI tables.
  public static let tables = Inputs(rawValue: 8)
  /// The trees of several machines, judged together.
  public static let machines = Inputs(rawValue: 16)
  /// Where the host has the memory of those machines.
  public static let hostMap = Inputs(rawValue: 32)
  /// The tree that was built.
  public static let expected = Inputs(rawValue: 64)
  /// What the devices were to offer.
  public static let expectedFeatures = Inputs(rawValue: 128)

  /// That a profile was chosen which asks the rule; who picks the rules sees to it.
  public static let profile = Inputs(rawValue: 256)

  /// Whether it takes one tree, and perhaps what else is known of it.
  public var isOfOneTree: Bool { isDisjoint(with: [.tables, .machines]) && !isOfDrift }

  /// Whether it holds a tree against the one that was built.
  public var isOfDrift: Bool { !isDisjoint(with: [.expected, .expectedFeatures]) }

  /// Whether it takes the tables of one machine, and perhaps what else is known of it.
  public var isOfTables: Bool { contains(.tables) && !contains(.tree) }

  /// Whether it compares a tree with tables.
  ///
  /// What a rule needs tells its kind: to ask its type for a protocol takes the run time twenty microseconds,
  /// and there are hundreds of rules.
  public var isOfParity: Bool { contains([.tree, .tables]) }

  /// What `view` was made from.
  init(of view: GuestView) {
    self = [.tree, .profile]
    if view.features != nil { insert(.features) }
    if view.guest != nil { insert(.guestConfiguration) }
    if let expected = view.expected {
      insert(.expected)
      if expected.features != nil { insert(.expectedFeatures) }
    }
  }

  /// What `view` was made from.
  init(of view: TablesView) {
    self = .tables
    if view.features != nil { insert(.features) }
    if view.guest != nil { insert(.guestConfiguration) }
  }

  private static let treeAlone = ["tree"]

  /// The names, in a fixed order: `tree`, `features`, `guest configuration`, `tables`, `several machines`,
  /// `host map`, `expected tree`, `expected features`, `profile`.
  public var names: [String] {
    // Nearly every rule needs no more.
    if self == .tree { return Self.treeAlone }
    var names: [String] = []
    if contains(.tree) { names.append("tree") }
    if contains(.features) { names.append("features") }
    if contains(.guestConfiguration) { names.append("guest configuration") }
    if contains(.tables) { names.append("tables") }
    if contains(.machines) { names.append("several machines") }
    if contains(.hostMap) { names.append("host map") }
    if contains(.expected) { names.append("expected tree") }
    if contains(.expectedFeatures) { names.append("expected features") }
    if contains(.profile) { names.append("profile") }
    return names
  }
}

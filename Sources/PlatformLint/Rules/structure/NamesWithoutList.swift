import DeviceTree
import Diagnostics
import GuestView

/// Names belong to a list.
enum NamesWithoutList: Rule {
  static let id = "structure/names-without-list"
  static let severity = Severity.warning
  static let summary = "a list of names has no list that it names"
  static let rationale = """
    The property clock-names gives names to the entries of clocks, reg-names to those of reg, and so on. Without \
    the list the names name nothing, and a driver that asks by name gets an error.
    """
  static let consequence = "a driver that asks for an entry by its name gets none"
  static let help = "add the list, or remove the names"
  static let exceptions = "Disabled nodes."
  static let sources = [
    Source.linux("drivers/of/property.c", "of_property_match_string")
  ]
  static let silencedBy: [any Rule.Type] = [NoInterrupt.self, NoWindow.self]
  static let good = [
    Example(
      """
      &disk {
        interrupt-names = "queues";
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        reset-names = "all";  // finding
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for pair in NamedLists.pairs {
      let lists = pair.lists.map(view.properties(named:))
      for property in view.enabledProperties(named: pair.names) {
        let node = view.tree.node(ofPropertyAt: property.index)
        guard property.count > 0, !lists.contains(where: { $0.property(ofNodeAt: node) != nil })
        else { continue }
        // The plain name is the shorter one.
        let wanted = pair.lists.sorted().joined(separator: " or ")
        report("\(pair.names) has no \(wanted)", at: .property(property), expected: wanted)
      }
    }
  }
}

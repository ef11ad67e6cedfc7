import DeviceTree
import Diagnostics
import GuestView

/// A list has an entry for each of its names.
enum NamesOutnumberList: Rule {
  static let id = "structure/names-outnumber-list"
  static let severity = Severity.warning
  static let summary = "a list has more names than entries"
  static let rationale = """
    The first name belongs to the first entry, and so on. A driver that asks for a name beyond the \
    last entry gets an error. Names that are missing at the end are harmless.
    """
  static let consequence = "a driver that asks for one of the last names gets no entry"
  static let help = "give the list as many entries as names"
  static let exceptions = "Disabled nodes, and lists that can not be read."
  static let sources = [
    Source.linux("drivers/of/property.c", "of_property_match_string")
  ]
  static let good = [
    Example(
      """
      &serial {
        interrupt-names = "uart";
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &serial {
        interrupt-names = "rx", "tx";  // finding
      };

      """),
    Example(
      """
      &serial {
        clock-names = "uartclk", "apb_pclk", "spare";  // finding
      };

      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for pair in NamedLists.pairs {
      let names = view.enabledProperties(named: pair.names)
      guard !names.isEmpty else { continue }
      let lists = pair.lists.map(view.properties(named:))
      for property in names {
        let node = view.tree.node(ofPropertyAt: property.index)
        guard StringValue.isList(property),
          let list = lists.lazy.compactMap({ $0.property(ofNodeAt: node) }).first,
          let count = NamedLists.count(of: list, view, report.shared)
        else { continue }
        let names = StringValue.count(of: property)
        guard names > count else { continue }
        report(
          "there are more names than entries in \(list.name)", at: .property(property),
          found: names == 1 ? "1 name" : "\(names) names",
          expected: count == 1 ? "1 name" : "at most \(count) names",
          related: [Party("is the list", at: .property(list))])
      }
    }
  }
}

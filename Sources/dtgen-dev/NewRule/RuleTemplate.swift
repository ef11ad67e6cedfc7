/// The file that a new rule starts as: it compiles, and its bad example fails its test.
enum RuleTemplate {
  /// The source of the rule.
  static func source(for name: RuleName) -> String {
    """
    import DeviceTree
    import Diagnostics
    import GuestView

    /// What must hold, in one sentence.
    enum \(name.typeName): Rule {
      static let id = "\(name.id)"
      static let severity = Severity.error
      static let status = RuleStatus.preview
      static let summary = "what is wrong, in a few words"
      static let rationale = \"""
        Why that is wrong: what the guest's kernel reads here, and what it makes of it.
        \"""
      static let consequence = "what the guest then does"
      static let help = "what to do about it"
      static let sources = [
        Source.linux("drivers/of/address.c", "of_translate_address"), .devicetree("2.3.6"),
      ]
      static let good = [
        Example(
          \"""
          &disk {
            status = "okay";
          };
          \""")
      ]
      static let bad = [
        Example(
          \"""
          &disk {
            status = "okay";  // finding
          };
          \""")
      ]

      static func check(_ view: GuestView, _ report: inout Reporter) {
        let name = "\(name.id.replacing("/", with: ","))"
        for property in view.enabledProperties(named: name) {
          report("what is wrong with the property", at: .property(property))
        }
      }
    }

    """
  }
}

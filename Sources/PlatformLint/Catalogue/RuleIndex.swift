/// The list of all rules by family, as a page of the documentation.
public enum RuleIndex {
  /// The families, in alphabetical order.
  public static var families: [String] {
    Set(RuleCatalogue.all.map(family)).sorted()
  }

  /// The page in Markdown, with a newline at its end; it links to the page of every rule.
  public static var markdown: String {
    var page = """
      # Rules

      What is looked for, by family.

      ## Overview

      An error means that the guest can't work, or that isolation is lost; a warning, that it is \
      probably a mistake; a note explains. A rule that lacks an input is reported as skipped, never as \
      passed.

      \(RuleCatalogue.inProfiles.count) of the rules are about one who takes trees, and are asked where a profile \
      names it: <doc:Profiles>.

      Of \(RuleCatalogue.all.count) rules, \(BootProof.count) were held against a guest that was booted \
      with the fault and without it; the others are from source. The page of a rule says which.

      ## Topics

      """
    for family in families {
      page += "\n### \(family)\n\n"
      let rules = RuleCatalogue.all.filter { Self.family(of: $0) == family }
      for rule in rules.sorted(by: { $0.id < $1.id }) {
        page += "- <doc:\(pageName(of: rule))>\n"
      }
    }
    return page
  }

  /// The name of the page of `rule`: `dma-unused-pool`.
  public static func pageName(of rule: any Rule.Type) -> String {
    rule.id.replacing("/", with: "-")
  }

  /// The family of `rule`: `dma`.
  public static func family(of rule: any Rule.Type) -> String {
    String(rule.id.prefix { $0 != "/" })
  }
}

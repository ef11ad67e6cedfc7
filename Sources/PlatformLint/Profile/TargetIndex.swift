import Diagnostics

/// The page of the documentation about those who take trees, made from the same fields that the checker uses.
public enum TargetIndex {
  /// The page in Markdown, with a newline at its end; it links to the page of every rule of a profile.
  public static var markdown: String {
    var page = """
      # Profiles

      Hold a tree to those who take it, before they refuse it.

      ## Overview

      All rules say what Linux \(Target.rulesAreFrom) does with a tree. Some trees are taken by somebody else first, or \
      by another Linux, and are refused late: by a firmware that reboots the guest, by a hypervisor that panics. \
      `--profile` names who takes the tree, for `lint`, `check`, `build` and the gates, and may be repeated:

      ```sh
      dtgen lint --profile pvmfw guest.dtb
      dtgen build platform.swift --profile linux-6.1
      dtgen rules --profile list           # who there is
      dtgen explain pvmfw                  # limits, rules, sources
      ```

      A policy names them under `profile`, alone or in a list, `["vm", "pvmfw"]`. What the command line names takes \
      their place; severities of the policy, and then those of the command line, are stronger than a profile's. \
      Without a profile none of its rules is asked, and none is counted. Where `check` or a gate is given the guest's \
      `.config`, and nobody names a version of Linux, the version is taken from there, and the report says so.

      A profile adds rules, and says which others matter less to its consumer. Where several are named, a rule matters \
      less only if it does to all.

      Of a tree for another processor, or without what the consumer reads, none of a profile's rules is asked. They count \
      as skipped, for `--require` too, and standard error says so.


      """
    page +=
      "| profile | trees for | looked at | on | rules |\n| --- | --- | --- | --- | --- |\n"
    for profile in TargetProfile.all {
      page +=
        "| `\(profile.name.rawValue)` | \(profile.processors) | \(profile.version) | \(profile.date) | \(profile.rules.count) |\n"
    }
    for profile in TargetProfile.all { page += "\n" + section(profile) }
    return page
  }

  private static func section(_ profile: TargetProfile) -> String {
    var text = "### \(profile.name.rawValue)\n\n\(profile.title) is \(profile.summary).\n\n"
    if !profile.limits.isEmpty {
      text += "| limit | |\n| --- | --- |\n"
      for limit in profile.limits { text += "| \(limit.what) | \(limit.value) |\n" }
      text += "\n"
    }
    for rule in profile.rules {
      let end = rule.before.map { ", before \($0)" } ?? ""
      text +=
        "- <doc:\(RuleIndex.pageName(of: rule))>: \(rule.summary) (\(rule.severity.rawValue)\(end))\n"
    }
    if !profile.weights.isEmpty {
      text += "\nWhat matters less to it:\n\n"
      for weight in profile.weights {
        text += "- `\(weight.rule)` (\(weight.severity.rawValue)): \(weight.because)\n"
      }
    }
    text += "\nSources: \(profile.sources.map(\.description).joined(separator: "; ")).\n"
    return text
  }
}

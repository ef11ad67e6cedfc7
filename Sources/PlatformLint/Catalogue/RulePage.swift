import Diagnostics
import GuestView

/// The documentation page of a rule, made from the same fields that the checker uses.
public enum RulePage {
  /// The page in Markdown, with a newline at its end.
  public static func markdown(for rule: any Rule.Type) -> String {
    let target = rule.profile.flatMap(TargetProfile.named)
    let logging = target.map { "\($0.title) logs" } ?? "The kernel logs"
    var page = """
      # \(rule.id)

      \(rule.summary) (\(rule.severity.rawValue), \(rule.status))

      ## Why

      \(rule.rationale)

      ## What \(target?.title ?? "the guest") does

      \(sentence(rule.consequence))


      """
    if let line = rule.logLine {
      page += "\(logging):\n\n```text\n\(line)\n```\n\n"
    } else if let line = rule.logExample {
      page += "What the kernel logs depends on the device, as in:\n\n```text\n\(line)\n```\n\n"
    } else {
      page += "\(logging) nothing about it.\n\n"
    }
    page += "## What to do\n\n\(sentence(rule.help))\n\n## Exceptions\n\n\(rule.exceptions)\n"
    if let rule = rule as? any PairRule.Type {
      page += examples("Wrong", rule.badPairs) + examples("Right", rule.goodPairs)
    } else if let rule = rule as? any TableRule.Type {
      page += examples("Wrong", rule.badTables, rule) + examples("Right", rule.goodTables, rule)
    } else if let rule = rule as? any ParityRule.Type {
      page += examples("Wrong", rule.badPairs) + examples("Right", rule.goodPairs)
    } else {
      page += examples("Wrong", rule.bad) + examples("Right", rule.good)
    }
    page += "\n## Facts\n\n- Needs: \(rule.needs.names.joined(separator: ", "))\n"
    if let profile = rule.profile {
      page += "- Asked with: `--profile \(profile.rawValue)\(rule.before == nil ? "" : "-X.Y")`"
      page += rule.before.map { ", of versions before \($0)\n" } ?? "\n"
    }
    if !rule.silencedBy.isEmpty {
      page += "- Silenced at the same node by: \(list(rule.silencedBy.map { $0.id }))\n"
    }
    if !rule.alsoKnownAs.isEmpty { page += "- Also known as: \(list(rule.alsoKnownAs))\n" }
    for source in rule.sources { page += "- Source: \(source)\n" }
    page += "- Evidence: \(evidence(for: rule))\n"
    return page
  }

  private static func evidence(for rule: any Rule.Type) -> String {
    guard let proof = BootProof.of(rule.id) else { return "from source" }
    return "booted with Linux \(proof.kernel) on \(proof.date), and did what is said here"
  }

  private static func examples(_ title: String, _ examples: [Example]) -> String {
    var text = "\n## \(title)\n"
    for example in examples {
      if let name = name(of: example.base) { text += "\nLaid over \(name):\n" }
      text += "\n```dts\n\(example.text)\n```\n"
      text += expectation(of: example) + known(example.features, example.guest)
    }
    return text
  }

  /// What an example knows besides its description.
  private static func known(_ features: DeviceFeatures?, _ guest: GuestConfiguration?) -> String {
    var text = ""
    for device in features?.devices ?? [] {
      let bits = device.listedBits
      text +=
        "\n`\(device.node)` is of type \(device.type) and offers the feature bits \(bits).\n"
    }
    if let sentence = guest.flatMap(GuestExamples.sentence) { text += "\n\(sentence)\n" }
    return text
  }

  /// What an example is held against; nothing for one that stands alone.
  private static func expectation(of example: Example) -> String {
    guard let expected = example.expectedText else { return "" }
    var text =
      expected.isEmpty
      ? "\nwhere nothing was to be laid over it.\n"
      : "\nwhere this was to be laid over it:\n\n```dts\n\(expected)\n```\n"
    for device in example.expectedFeatures?.devices ?? [] {
      let bits = device.listedBits
      text += "\n`\(device.node)` was to offer the feature bits \(bits).\n"
    }
    return text
  }

  private static func name(of base: Example.Base) -> String? {
    switch base {
    case .none: nil
    case .virt: "the example guest"
    case .pci: "the example guest with a PCI host"
    case .iommu: "the example guest with a PCI host behind an IOMMU"
    case .riscv: "the example guest for RISC-V"
    case .bare: "the example guest without virtio devices"
    case .protected: "a protected guest of crosvm"
    case .firecracker: "a guest of Firecracker"
    case .cloudHypervisor: "a guest of Cloud Hypervisor"
    }
  }

  private static func name(of base: TableExample.Base) -> String? {
    switch base {
    case .none: nil
    case .arm64: "an arm64 guest with a GICv3"
    case .arm64WithITS: "an arm64 guest with a GICv3 and an ITS"
    case .x86: "a PC with an I/O APIC of 24 inputs"
    case .riscv64: "a RISC-V guest"
    }
  }

  private static func examples(_ title: String, _ examples: [ParityExample]) -> String {
    var text = "\n## \(title)\n"
    for example in examples {
      let base = name(of: example.tree.base)
      if example.tree.text.isEmpty {
        text += "\nThe tree of \(base ?? "nothing"), and these tables:\n"
      } else {
        text += base.map { "\nLaid over \($0):\n" } ?? "\nThis tree:\n"
        text += "\n```dts\n\(example.tree.text)\n```\n\nand these tables:\n"
      }
      text += "\n```asl\n\(example.tables.text(marking: example.places))\n```\n"
    }
    return text
  }

  private static func examples(
    _ title: String, _ examples: [TableExample], _ rule: any TableRule.Type
  ) -> String {
    var text = "\n## \(title)\n"
    for example in examples {
      if let name = name(of: example.base) { text += "\nOn \(name):\n" }
      text +=
        "\n```asl\n\(example.text(markedBy: rule))\n```\n" + known(example.features, example.guest)
      if let arguments = example.kernelArguments {
        text += "\nThe kernel's command line is `\(arguments)`.\n"
      }
      if let note = example.note { text += "\n\(note)\n" }
    }
    return text
  }

  private static func examples(_ title: String, _ examples: [PairExample]) -> String {
    var text = "\n## \(title)\n"
    for example in examples {
      for machine in example.machines {
        let base = name(of: machine.tree.base).map { ", laid over \($0)" } ?? ""
        text += "\n`\(machine.name)`\(base):\n\n```dts\n\(machine.tree.text)\n```\n"
      }
      if let note = example.note { text += "\n\(note)\n" }
    }
    return text
  }

  private static func list(_ items: [String]) -> String {
    items.map { "`\($0)`" }.joined(separator: ", ")
  }

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// What is said to be shared must be in the trees of those who share it.
enum PartyMissing: PairRule {
  static let id = "shared/party-missing"
  static let severity = Severity.error
  static let summary = "memory is said to be shared, and a machine has nothing of it"
  static let rationale = """
    A machine that has neither memory nor a reserved region nor a device at the addresses can't reach \
    them: its kernel maps what its tree describes.
    """
  static let consequence = "the machine can't follow a single address that the other one hands it"
  static let help = "reserve the same addresses in the tree of the other machine"
  static let exceptions = """
    Memory that nobody named: a pool that one machine has to itself serves devices of its VMM, and is \
    told of in a line.
    """
  static let sources = [Source.virtio("2.7.5"), .devicetree("3.5")]
  static let goodPairs = [
    PairExample(
      [PairExamples.frontend(), PairExamples.backend()],
      settings: SharingSettings(selections: ["vrings"])),
    PairExample([
      PairExamples.frontend(), PairExamples.backend(), PairExample.Machine("other.dtb", ""),
    ]),
  ]
  static let badPairs = [
    PairExample(
      [
        PairExamples.frontend(nodeMark: PairExamples.finding),
        PairExample.Machine(
          "backend.dtb",
          """
          &memory {
            reg = <0x0 0x40000000 0x0 0x8000000>;
          };
          """),
      ], settings: SharingSettings(selections: ["vrings"]), note: "`--share vrings` names it.")
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares where share.isStated {
      for machine in share.missing {
        report(
          "there is nothing of \(share.name)",
          at: .tree(machine, .node(view.machines[machine].view.tree.root)),
          expected: share.expected.map { "\($0.range)" },
          related: share.parties.prefix(4).map { PairParty("has it", at: .range(of: $0)) })
      }
      guard share.origin == .selected, share.parties.count == 1 else { continue }
      let party = share.parties[0]
      report(
        "no other machine has anything at these addresses", at: .node(of: party),
        found: party.range.map { "\($0) in \(view.machine(of: party).name)" })
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// The identifier of memory that Xen shares has 1 to 15 characters, and is one region's.
enum XenIDInvalid: PairRule {
  static let id = "shared/xen-id-invalid"
  static let severity = Severity.error
  static let summary = "the identifier of memory that Xen shares is none that Xen would take"
  static let rationale = """
    Xen keeps an identifier in 16 bytes with a NUL at its end, and refuses longer ones when it boots. Two \
    regions of one machine with one identifier can't be told apart by the other machine.
    """
  static let consequence =
    "the machines are not started, or a driver takes the wrong region"
  static let help = "choose an identifier of 1 to 15 characters for each region"
  static let sources = [
    Source.program("Xen c447b7308b", "xen/common/device-tree/static-shmem.c, MAX_SHM_ID_LENGTH"),
    .binding("reserved-memory/xen,shared-memory.txt"),
  ]
  static let goodPairs = [
    PairExample([
      PairExamples.frontend(extra: "xen,id = \"fifteen-letters\";"),
      PairExamples.backend(extra: "no-map;\nxen,id = \"fifteen-letters\";"),
    ])
  ]
  static let badPairs = [
    PairExample([
      PairExamples.frontend(extra: "xen,id = \"sixteen-letters!\";  // finding"),
      PairExamples.backend(extra: "no-map;\nxen,id = \"sixteen-letters!\";  // finding"),
    ])
  ]

  /// The most characters of an identifier, without its NUL.
  private static let mostCharacters = 15

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for (machine, seen) in view.machines.enumerated() {
      var owners: [String: FlattenedTree.Property] = [:]
      for property in seen.view.enabledProperties(named: "xen,id") {
        guard let id = property.string, !id.isEmpty, id.utf8.count <= mostCharacters else {
          report(
            "the identifier is no text of 1 to 15 characters",
            at: .tree(machine, .property(property)),
            found: property.string.map { "\($0.utf8.count) characters" } ?? "no text",
            expected: "1 to \(mostCharacters) characters")
          continue
        }
        if let owner = owners[id] {
          report(
            "another region of the machine has the identifier '\(id)' too",
            at: .tree(machine, .property(property)), found: "'\(id)'",
            expected: "an identifier of its own",
            related: [PairParty("has it", at: .tree(machine, .property(owner)))])
        } else {
          owners[id] = property
        }
      }
    }
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// What came of machines that were judged together.
struct JudgedMachines: Sendable {
  /// Their trees, in the order in which they were named.
  var files: [LintedFile]
  /// What they share; nil where they could not be judged together.
  var shares: [Report.Share]?
}

extension Report.Share {
  /// What a report says of `share`.
  init(_ share: SharedRegion, in view: MachinesView) {
    let origin: Origin =
      switch share.origin {
      case .declared: .declared
      case .selected: .selected
      case .identified: .identified
      case .proposed: .proposed
      }
    self.init(
      name: share.name, origin: origin,
      parties: share.parties.map { party in
        Party(
          file: view.machine(of: party).name, node: party.node?.path, what: party.what,
          role: party.role?.rawValue, match: party.match.description, address: party.range?.first,
          size: party.range?.size)
      })
  }
}

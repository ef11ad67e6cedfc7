import GuestView
import PlatformDescription
import PlatformLowering

extension DeclaredShare {
  /// What a description says of a share, for the machines whose trees are judged; nil where those are less
  /// than two.
  init?(_ share: LoweredShare, among machines: [JudgedMachine]) {
    var parties: [Party] = []
    for party in share.parties {
      guard let machine = machines.first(where: { $0.lowered.name == party.machine }) else {
        continue
      }
      parties.append(Party(machine: machine.fileName, role: ShareRole(party.role.use)))
    }
    guard parties.count > 1, let range = share.parties.first?.role.range else { return nil }
    self.init(
      name: share.name, at: range.at.value, size: range.size.bytes, parties: parties)
  }
}

extension ShareRole {
  fileprivate init(_ use: SharedMemoryRole.Use) {
    switch use {
    case .restrictedDMAPool: self = .frontend
    case .noMap, .mapped: self = .backend
    }
  }
}

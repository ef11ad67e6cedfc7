import DeviceTree
import Diagnostics
import GuestView
import PlatformDescription
import PlatformLint
import PlatformLowering

extension BuildRun {
  /// Makes the overlay that tells Xen of the memory that the machines share, with what there is to say of it.
  ///
  /// - Parameters:
  ///   - map: Where the host has the memory of the machines; nil where Xen is to choose.
  ///   - lines: The lines of the description.
  /// - Returns: The overlay's bytes, and the findings.
  /// - Throws: ``Failure`` where nothing is shared, where the map has no one place for a share, and for faults
  ///   of dtgen.
  func xenSharing(
    _ map: HostMap?, _ lines: SourceLines
  ) throws(Failure) -> (bytes: [UInt8], findings: [Finding]) {
    guard !shares.isEmpty else {
      throw Failure(
        .usage,
        "--emit xen is about memory that machines share, and no virtual machine of '\(platform.name)' shares any"
      )
    }
    var hosts: [[UInt64?]] = []
    for share in shares {
      var places: [UInt64?] = []
      for party in share.parties {
        if let map {
          places.append(try host(of: party, map))
        } else {
          places.append(nil)
        }
      }
      if let first = places.first, let other = places.firstIndex(where: { $0 != first }) {
        throw Failure(
          .badConfiguration,
          "\(map?.file ?? ""): '\(share.name)' is not the same memory of the host in "
            + "'\(share.parties[0].machine)' and '\(share.parties[other].machine)'")
      }
      hosts.append(places)
    }
    let sharing = XenSharing(shares) { hosts[$0][$1] }
    var findings = sharing.mistakes.map { Finding($0, lines) }
    if let map { findings += try self.findings(of: map) }
    findings += sharing.poolsNotMade.map { mistake in
      var finding = Finding(mistake, lines)
      finding.severity = .warning
      finding.consequence =
        "the guest's devices don't bounce through the memory, and hand out addresses of their own RAM"
      return finding
    }
    guard sharing.mistakes.isEmpty else { return ([], findings) }
    do throws(DeviceTreeError) {
      return (try sharing.overlay.flattened(), findings)
    } catch {
      throw Failure(.internalError, "the overlay for Xen can't be written: \(error)")
    }
  }

  /// Where the host has what `party` shares.
  private func host(of party: LoweredShare.Party, _ map: HostMap) throws(Failure) -> UInt64 {
    let range = party.role.range
    guard let machine = machines.firstIndex(where: { $0.lowered.name == party.machine }) else {
      throw Failure(
        .usage, "--host-map is about trees, and '\(party.machine)', which shares memory, has none")
    }
    guard let piece = map.piece(behind: range.at.value, size: range.size.bytes, in: machine) else {
      throw Failure(
        .badConfiguration,
        "\(map.file): the host has no one piece of memory behind '\(party.role.name)' of '\(party.machine)', "
          + "\(range.size) at \(range.at)")
    }
    guard piece.first.isMultiple(of: XenShare.pageSize) else {
      throw Failure(
        .badConfiguration,
        "\(map.file): the host's memory behind '\(party.role.name)' of '\(party.machine)' begins at "
          + "0x\(String(piece.first, radix: 16)), which is no page of Xen's")
    }
    return piece.first
  }

  /// What is wrong with `map` itself: whose memory of the host it gives to whom.
  private func findings(of map: HostMap) throws(Failure) -> [Finding] {
    let view = try MachinesView(
      built: machines.map { .init(name: $0.fileName, view: $0.view) },
      declared: shares.compactMap { DeclaredShare($0, among: machines) }, hostMap: map)
    let rules = RuleCatalogue.forMachines.filter { $0.needs.contains(.hostMap) }
    return Linter(rules: rules).lint(view).findings
  }
}

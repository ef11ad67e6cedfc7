import Diagnostics
import GuestView
import PlatformDescription
import PlatformLowering
import VMMInterface

extension BuildRun {
  /// Makes sure that every machine has a tree, of which facts are read.
  ///
  /// - Throws: ``Failure`` where one has tables alone.
  func checkTreesForFacts() throws(Failure) {
    if let offer = offers.first {
      throw Failure(
        .usage,
        "'\(offer.name)' has no tree, and facts are read from trees: \(offer.reason); "
          + "--vm names the machines that have one")
    }
    guard let built = tables.first(where: { !$0.lowered.hasTree }) else { return }
    throw Failure(
      .usage,
      "'\(built.lowered.name)' finds its devices in ACPI tables, and facts are read from trees; "
        + "--vm names the machines that have one")
  }

  /// The layout of all machines, read from the bytes that were judged.
  ///
  /// - Throws: ``Failure`` where an error was found that nobody allows, since what a hypervisor compiles in
  ///   is what was judged to be right; and for faults of dtgen.
  func facts() throws(Failure) -> PlatformFacts {
    let errors = findings.filter { $0.severity == .error && $0.allowedBecause == nil }
    guard errors.isEmpty else {
      throw Failure(
        .usage,
        "facts are of a layout without errors, and this one has \(errors.count), whatever else is forced; "
          + "without --emit facts they are shown")
    }
    let declared = shares.compactMap { DeclaredShare($0, among: machines) }.map { share in
      var named = share
      named.parties = share.parties.map { party in
        let machine = machines.first { $0.fileName == party.machine }
        return .init(machine: machine?.lowered.name ?? party.machine, role: party.role)
      }
      return named
    }
    let view = try MachinesView(
      built: machines.map { .init(name: $0.lowered.name, view: $0.view) }, declared: declared)
    let backends = machines.flatMap { machine in
      machine.lowered.devices.compactMap { device in
        device.backend.map {
          PlatformFacts.Backend(
            machine: machine.lowered.name, node: device.path,
            requesterID: device.hasNode ? nil : device.pciAddress?.requesterID, server: $0)
        }
      }
    }
    let domains = machines.flatMap { machine in
      machine.lowered.domains.map { domain in
        PlatformFacts.DeclaredDomain(
          name: domain.name, machine: machine.lowered.name, owner: domain.owner,
          members: domain.members.map {
            .init(
              iommu: $0.iommu, id: $0.stream, guestIOMMU: $0.guestIOMMU, guestID: $0.guestStream)
          })
      }
    }
    return PlatformFacts(
      platform: platform.name, view, backends: backends, domains: domains)
  }
}

import Diagnostics
import GuestView
import PlatformLint
import PlatformLowering

/// The machines of a platform, judged together by the bytes that were written for each.
struct MachinesTogether {
  /// The machines with what was found in them together.
  let machines: [JudgedMachine]
  /// How many rules about several machines were asked.
  let ruleCount: Int

  /// Judges `machines`; where there is one, nothing is shared.
  ///
  /// What `declared` says that they share is judged as that. Of the rest, what one machine has as a pool
  /// and another reserves by the same name is taken for shared.
  ///
  /// - Throws: ``Failure`` where `declared` names a machine that there isn't: a fault of dtgen.
  init(
    _ machines: [JudgedMachine], declared: [DeclaredShare] = [], _ lines: SourceLines
  ) throws(Failure) {
    guard machines.count > 1 else {
      self.machines = machines.map { $0.addingUnusedAllowances(to: [], lines) }
      ruleCount = 0
      return
    }
    let view = try MachinesView(
      built: machines.map { .init(name: $0.fileName, view: $0.view) }, declared: declared,
      search: .names)
    let report = Linter().lint(view)
    let superseding = Superseding(report.findings)
    let sources = machines.map { $0.sources(lines) }
    func index(of place: Place) -> Int? { machines.firstIndex { $0.fileName == place.file } }
    var result = machines
    for number in result.indices {
      let name = machines[number].fileName
      let own = report.findings.filter { $0.place.file == name }.map { finding in
        var attached = sources[number].attach(to: finding, file: name)
        attached.related = finding.related.map { party in
          let other = index(of: party.place) ?? number
          return .init(
            party.message, at: sources[other].place(party.place, file: machines[other].fileName))
        }
        return attached
      }
      result[number].findings.removeAll(where: superseding.covers)
      result[number] = result[number].addingUnusedAllowances(to: own, lines)
    }
    self.machines = result
    ruleCount = RuleCatalogue.forMachines.count - report.skipped.count
  }
}

extension JudgedMachine {
  /// Leads findings in the tree back to the description.
  func sources(_ lines: SourceLines) -> FindingSources {
    FindingSources(lowered.origins, lines, base: base)
  }

  /// The machine with `findings` about it among others, and with those allowances of such findings that
  /// allow nothing.
  fileprivate func addingUnusedAllowances(
    to findings: [Finding], _ lines: SourceLines
  ) -> JudgedMachine {
    var machine = self
    machine.findings += findings
    machine.findings += sources(lines).unusedAllowances(findings, ofMachines: true)
    return machine
  }
}

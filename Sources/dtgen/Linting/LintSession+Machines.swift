import DeviceTree
import Diagnostics
import GuestView
import PlatformLint

extension LintSession {
  /// One tree on its way: judged by itself, and what its guest sees.
  private struct Member: Sendable {
    var file: LintedFile
    var view: GuestView?
  }

  /// Judges each tree that `inputs` name by itself, and then all of them together.
  ///
  /// - Throws: ``Failure`` with status 64 for what is no pair or names nothing, and 66 or 78 for a map of
  ///   the host that is none.
  func judge(machines inputs: LintInputs, _ pair: PairRequest) throws(Failure) -> JudgedMachines {
    let entries = inputs.entries
    try Self.check(inputs)
    let start = Clock.milliseconds()
    let results = Parallel.map(entries.count, within: limits.seconds) { member(entries[$0]) }
    var members: [Member] = []
    for (entry, result) in zip(entries, results) {
      switch result {
      case .done(let member): members.append(member)
      case .unfinished: members.append(Member(file: unjudged(entry, "was still being judged")))
      case .unreached: members.append(Member(file: unjudged(entry, "was not reached")))
      }
    }
    var files = members.map(\.file)
    let views = members.compactMap(\.view)
    guard views.count == members.count else {
      if let index = members.firstIndex(where: { $0.view != nil }) {
        files[index].remarks.append("not judged with the others, one of which can't be judged")
      }
      return JudgedMachines(files: files, shares: nil)
    }
    let machines = zip(files, views).map { MachinesView.Machine(name: $0.name, view: $1) }
    let map = try pair.hostMap.map { path throws(Failure) in
      try HostMapFile.load(path, machines: machines.map(\.name))
    }
    let spent = (Clock.milliseconds() - start) / 1000
    let left = limits.seconds == 0 ? 0 : max(1, limits.seconds - spent)
    let judgedAlone = files
    let judged = Parallel.map(1, within: left) { _ in
      Result { () throws(Failure) in try judge(machines, judgedAlone, pair, map) }
    }
    switch judged[0] {
    case .done(let result): return try result.get()
    case .unfinished, .unreached:
      for index in files.indices {
        files[index] = unjudged(entries[index], "was still being judged")
      }
      return JudgedMachines(files: files, shares: nil)
    }
  }

  private func judge(
    _ machines: [MachinesView.Machine], _ files: [LintedFile], _ pair: PairRequest,
    _ map: HostMap?
  ) throws(Failure) -> JudgedMachines {
    let view: MachinesView
    do throws(SharingError) {
      view = try MachinesView(machines, settings: pair.settings, hostMap: map)
    } catch {
      throw Failure(.usage, "\(Self.option(of: error)) \(error.name): \(error)")
    }
    let judgements = judging.judge.judge(
      view, judgements: files.judgements, policyNames: files.map { policyName(of: $0.path) })
    var files = files
    for (index, judgement) in judgements.enumerated() {
      var judgement = judgement
      if drawsPlaces { judgement.findings = judgement.findings.map { drawn($0, in: machines) } }
      files[index].result = .success(judgement)
    }
    Self.remark(on: &files, view)
    return JudgedMachines(files: files, shares: view.shares.map { Report.Share($0, in: view) })
  }

  /// Draws the places of a finding about several trees, each from the tree in which it is.
  private func drawn(_ finding: Finding, in machines: [MachinesView.Machine]) -> Finding {
    var finding = finding
    func draw(_ place: inout Place) {
      guard place.excerpt == nil, let machine = machines.first(where: { $0.name == place.file })
      else { return }
      place.excerpt = TreeExcerpt(machine.view.tree).excerpt(of: place)
    }
    draw(&finding.place)
    for index in finding.related.indices { draw(&finding.related[index].place) }
    return finding
  }

  private func member(_ entry: LintInputs.Entry) -> Member {
    guard case .file(let path) = entry else {
      guard case .failure(let path, let failure) = entry else {
        return Member(file: unjudged(entry, "was not reached"))
      }
      return Member(file: LintedFile(path: path, result: .failure(failure)))
    }
    do throws(Failure) {
      let tree = try FlattenedTree(machine: path, limits: limits.tree)
      let view = GuestView(tree: tree, features: featuresOfMachines[path], guest: guest)
      return Member(file: judge(view, path: path), view: view)
    } catch {
      return Member(file: LintedFile(path: path, result: .failure(error)))
    }
  }

  private static func option(of error: SharingError) -> String {
    error.code == .unknownShare ? "--parties" : "--share"
  }

  /// - Throws: ``Failure`` where the files can't be those of several machines.
  private static func check(_ inputs: LintInputs) throws(Failure) {
    struct Identity: Hashable {
      let device: UInt64
      let inode: UInt64
    }
    var seen: [Identity: String] = [:]
    if let repeated = inputs.repeated.first {
      throw Failure(
        .usage,
        "\(InputFile.name(of: repeated)): is named twice; --pair takes a tree of each machine")
    }
    for case .file(let path) in inputs.entries where path != "-" {
      guard let status = try? FileStatus(of: path), status.isRegularFile else { continue }
      let identity = Identity(device: status.device, inode: status.inode)
      if let other = seen[identity] {
        throw Failure(
          .usage,
          "\(other.reportedPath) and \(path.reportedPath) are one file; --pair takes a tree of each machine"
        )
      }
      seen[identity] = path
    }
    guard inputs.entries.count >= 2 else {
      throw Failure(
        .usage, "--pair takes the trees of two machines or more: dtgen lint --pair a.dtb b.dtb")
    }
  }

  /// So many pools of a machine's own are named.
  private static let toldPools = 8

  /// What is to be said of machines and is no finding.
  private static func remark(on files: inout [LintedFile], _ view: MachinesView) {
    for index in files.indices {
      let own = view.ownPools.filter { $0.machine == index }.map(\.region.node.path)
      if own.isEmpty { continue }
      let more = own.count > toldPools ? ", and \(own.count - toldPools) more" : ""
      files[index].remarks.append(
        "not shared, since no other machine has it: "
          + own.prefix(toldPools).joined(separator: ", ") + more)
    }
    var known: [[UInt8]: Int] = [:]
    for (index, machine) in view.machines.enumerated() {
      let bytes = Array(machine.view.tree.bytes)
      if let other = known[bytes] {
        files[index].remarks.append("has the same content as \(view.machines[other].name)")
      } else {
        known[bytes] = index
      }
    }
    let processors = view.machines.map { $0.view.architecture?.rawValue ?? "an unknown processor" }
    if Set(processors).count > 1, !files.isEmpty {
      files[0].remarks.append(
        "the machines differ: "
          + zip(view.machines, processors).map { "\($0.name) is for \($1)" }.joined(separator: ", ")
      )
    }
  }
}

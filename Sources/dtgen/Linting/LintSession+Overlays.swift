import DeviceTree
import Diagnostics
import GuestView
import PlatformLint

extension LintSession {
  /// Lays the overlays that `inputs` name over `base`, in this order, and judges what the guest gets.
  ///
  /// Findings point at the file that says it: at an overlay, or at the base. What comes of it is named
  /// after the last overlay.
  func judge(_ inputs: [String], on base: String) -> [LintedFile] {
    let results = Parallel.map(1, within: limits.seconds) { _ in overlaid(inputs, on: base) }
    return results.map { result in
      switch result {
      case .done(let file): file
      case .unfinished, .unreached: unjudged(.file(inputs.last ?? base), "was still being judged")
      }
    }
  }

  private func overlaid(_ inputs: [String], on base: String) -> LintedFile {
    var current = base
    do throws(Failure) {
      try Self.check(inputs, on: base)
      let tree = try FlattenedTree(file: base, limits: limits.tree)
      try tree.requireModestLists(called: base)
      var application = try Self.attempt(base) { () throws(DeviceTreeError) in
        try OverlayApplication(base: tree)
      }
      var overlays: [LaidOverlay] = []
      for input in inputs {
        current = input
        let overlay = try FlattenedTree(file: input, limits: limits.tree)
        try overlay.requireModestLists(called: input)
        application = try Self.attempt(input, over: base) { () throws(DeviceTreeError) in
          var next = application
          try next.apply(overlay)
          return next
        }
        overlays.append(LaidOverlay(overlay, file: input.reportedPath))
      }
      let result = try Self.attempt(current, over: base) { () throws(DeviceTreeError) in
        try application.result(limits: limits.tree)
      }
      return judge(result, overlays, files: [base] + inputs)
    } catch {
      return LintedFile(path: current, result: .failure(error))
    }
  }

  private func judge(
    _ overlaid: OverlaidTree, _ overlays: [LaidOverlay], files: [String]
  ) -> LintedFile {
    let name = files.last ?? ""
    var judgement = judging.judge.judge(
      overlaid.tree, file: name.reportedPath, policyName: policyName(of: name),
      overlays: overlays)
    let excerpt = TreeExcerpt(overlaid.tree)
    let places = OverlaidPlaces(overlaid, files: files)
    judgement.findings = judgement.findings.map { finding in
      // What is said of an overlay itself is where it is said already.
      if Overlay.rulesOfConsumers.contains(finding.rule) {
        let own = overlays.first { $0.file == finding.place.file }
        return drawsPlaces ? own.map { TreeExcerpt($0.tree).drawn(finding) } ?? finding : finding
      }
      return places.moved(drawsPlaces ? excerpt.drawn(finding) : finding)
    }
    let others = files.dropFirst().dropLast().map { InputFile.name(of: $0) }
    var file = LintedFile(
      path: name, result: .success(judgement),
      table: explainsDMA ? DMATable(GuestView(tree: overlaid.tree)) : nil)
    file.remarks = [
      "laid over \(InputFile.name(of: files[0]))"
        + (others.isEmpty ? "" : " with \(others.joined(separator: ", "))")
    ]
    return file
  }

  /// Whether somebody among those who take the trees lays overlays in the order in which they are named.
  var ordersOverlays: Bool { judging.judge.targets.contains { $0.name == .crosvm } }

  /// Judges `overlays`, each behind those in front of it, and puts what came of it where it belongs in `files`.
  func judge(
    _ overlays: [(position: Int, path: String, tree: FlattenedTree)], since start: Int,
    into files: inout [LintedFile]
  ) {
    let spent = (Clock.milliseconds() - start) / 1000
    let left = limits.seconds == 0 ? 0 : max(1, limits.seconds - spent)
    let trees = overlays.map(\.tree)
    let results = Parallel.map(overlays.count, within: left) { index in
      Result { () throws(Failure) in
        try judge(trees[index], path: overlays[index].path, laidBefore: Array(trees[..<index]))
      }
    }
    for (overlay, result) in zip(overlays, results) {
      switch result {
      case .done(.success(let file)): files[overlay.position] = file
      case .done(.failure(let failure)):
        files[overlay.position] = LintedFile(path: overlay.path, result: .failure(failure))
      case .unfinished:
        files[overlay.position] = unjudged(.file(overlay.path), "was still being judged")
      case .unreached: files[overlay.position] = unjudged(.file(overlay.path), "was not reached")
      }
    }
  }

  /// A directory has no order, and standard input has one tree.
  private static func check(_ inputs: [String], on base: String) throws(Failure) {
    for input in inputs where input != "-" && (try? FileStatus(of: input))?.isDirectory ?? false {
      throw Failure(
        .usage, "\(input): is a directory; name the overlays, in the order in which they are laid")
    }
    guard (inputs + [base]).filter({ $0 == "-" }).count <= 1 else {
      throw Failure(.usage, "standard input can be read once only")
    }
  }

  private static func attempt<Value>(
    _ file: String, over base: String? = nil, _ body: () throws(DeviceTreeError) -> Value
  ) throws(Failure) -> Value {
    do {
      return try body()
    } catch {
      let place = base.map { " over \(InputFile.name(of: $0))" } ?? ""
      throw Failure(.badInput, "\(InputFile.name(of: file))\(place): \(error)")
    }
  }
}

extension Waiver {
  /// What a run has to say about a waiver.
  public enum Status: Sendable, Hashable {
    /// A finding needed it.
    case used
    /// It speaks of files of the run, and nothing in them needs it: an error.
    case unneeded
    /// The run looked at all that it speaks of, and there is no such file: an error.
    case withoutFile
    /// The run can't tell, for a reason: lower case, no full stop.
    case notJudged(because: String)

    /// Whether the waiver should be taken out, or put right.
    public var isError: Bool { self == .unneeded || self == .withoutFile }
  }

  /// What a run over `scope` has to say, in which some finding needed the waiver (`isUsed`), or its
  /// rule ran at least on a file that it speaks of (`isAsked`).
  ///
  /// A waiver without files speaks of every file of every run. One for several files is held to the
  /// runs that look at all of them, so that a build may judge them one by one.
  func status(isUsed: Bool, isAsked: Bool, in scope: RunScope) -> Status {
    if isUsed { return .used }
    guard let file else {
      return isAsked ? .unneeded : .notJudged(because: "its rule did not run")
    }
    if isAsked {
      return !Glob.isPattern(file.description) || scope.coversAll(of: file)
        ? .unneeded : .notJudged(because: "this run may lack the file that needs it")
    }
    if scope.judged.contains(where: applies) { return .notJudged(because: "its rule did not run") }
    if scope.failed.contains(where: applies) {
      return .notJudged(because: "its file could not be judged")
    }
    return scope.coversAll(of: file)
      ? .withoutFile : .notJudged(because: "no file of this run is one that it speaks of")
  }
}

extension Judge {
  /// What a run has to say about each waiver, in order: one over `scope`, with these judgements.
  public func waiverStatuses(
    _ judgements: some Sequence<Judgement>, in scope: RunScope
  ) -> [Waiver.Status] {
    var used: Set<Int> = []
    var unused: Set<Int> = []
    for judgement in judgements {
      used.formUnion(judgement.usedWaivers)
      unused.formUnion(judgement.unusedWaivers)
    }
    return waivers.enumerated().map { position, waiver in
      waiver.status(
        isUsed: used.contains(position), isAsked: unused.contains(position), in: scope)
    }
  }
}

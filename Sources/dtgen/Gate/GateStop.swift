/// Why a guest isn't let through before anything is found.
enum GateStop: Error {
  case failure(Failure)
  /// The VMM ended by itself.
  case ended(Child.Ending)
  /// This process was told to end.
  case interrupted(signal: Int32)
}

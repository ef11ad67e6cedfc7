/// That a rule's prediction was seen: a guest with the fault was booted and did what the rule says, and
/// without it the guest worked.
public struct BootProof: Sendable, Hashable {
  /// The version of Linux: `6.12.117`.
  public let kernel: String
  /// The day, as in `2026-11-26`.
  public let date: String

  /// A proof.
  public init(kernel: String, date: String) {
    self.kernel = kernel
    self.date = date
  }

  /// The proof for a rule, by its id; nil where the rule is from source alone.
  public static func of(_ rule: String) -> BootProof? { record[rule] }

  /// How many rules there is a proof for.
  public static var count: Int { record.count }
}

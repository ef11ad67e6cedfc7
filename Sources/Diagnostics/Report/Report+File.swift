extension Report {
  /// One file that was judged.
  public struct File: Sendable, Hashable {
    /// The file as the user named it; `-` is standard input, and `\xff` a byte that is no part of
    /// UTF-8.
    public var name: String
    /// What was found, the most important first.
    public var findings: [Finding]
    /// The rules that lacked an input: they have not passed.
    public var skipped: [SkippedRule]
    /// How the file was judged, where that is worth a word: `profile vm, because …`.
    ///
    /// Each is lower case, without a full stop.
    public var remarks: [String]
    /// The ACPI tables in it, in order, with how far each was looked into; empty of another file.
    public var tables: [Table]

    /// A file.
    public init(
      _ name: String, findings: [Finding] = [], skipped: [SkippedRule] = [],
      remarks: [String] = [], tables: [Table] = []
    ) {
      self.name = name
      self.findings = findings
      self.skipped = skipped
      self.remarks = remarks
      self.tables = tables
    }
  }

  /// An ACPI table in a file.
  public struct Table: Sendable, Hashable {
    /// How far a table is looked into.
    public enum Extent: String, Sendable, Hashable {
      /// What it says is judged.
      case contents
      /// Its header, its checksum, and the parts that it is made of; not what they say.
      case parts
      /// Its header and its checksum.
      case header
    }

    /// Its signature, without the space that fills `RSD PTR ` up.
    public var signature: String
    /// How far it was looked into.
    public var judged: Extent

    /// A table.
    public init(_ signature: String, judged: Extent) {
      self.signature = signature
      self.judged = judged
    }
  }

  /// A rule that did not run on a file.
  public struct SkippedRule: Sendable, Hashable {
    /// The id of the rule.
    public var rule: String
    /// The inputs that it lacked, as in `features`; at least one.
    public var missing: [String]

    /// A rule that did not run.
    public init(_ rule: String, missing: [String]) {
      self.rule = rule
      self.missing = missing
    }

    /// `skipped` by id, each once.
    static func distinct(in skipped: [SkippedRule]) -> [SkippedRule] {
      let sorted = Set(skipped).sorted {
        ($0.rule, $0.missing.joined(separator: ",")) < ($1.rule, $1.missing.joined(separator: ","))
      }
      return sorted
    }
  }

  /// An input that could not be judged.
  public struct UnreadableInput: Sendable, Hashable {
    /// The file as the user named it; `-` is standard input.
    public var name: String
    /// Why, without the name of the file: lower case, no full stop.
    public var message: String

    /// An input that could not be judged.
    public init(_ name: String, because message: String) {
      self.name = name
      self.message = message
    }
  }
}

extension Report {
  /// The tool that made a report.
  public struct Tool: Sendable, Hashable {
    /// What the command is called: `dtgen`.
    public var name: String
    /// Its version, as in `1.2.3`.
    public var version: String
    /// Where a person can read about it: an absolute URI.
    public var informationURI: String?

    /// A tool.
    public init(name: String, version: String, informationURI: String? = nil) {
      self.name = name
      self.version = version
      self.informationURI = informationURI
    }

    /// This tool.
    public static let dtgen = Tool(name: "dtgen", version: "0.1.0")
  }
}

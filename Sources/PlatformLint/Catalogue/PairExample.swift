public import GuestView

/// Machines that a rule finds something in, or nothing: a test and a paragraph of its page.
///
/// A line on which the rule finds something ends in `// finding`, in whichever tree it is.
public struct PairExample: Sendable {
  /// One machine.
  public struct Machine: Sendable {
    /// The file, as in `frontend.dtb`.
    public let name: String
    /// Its tree.
    public let tree: Example

    /// A machine whose tree is `text` laid over `base`.
    public init(_ name: String, in base: Example.Base = .bare, _ text: String) {
      self.name = name
      tree = Example(in: base, text)
    }
  }

  /// The machines, in the order in which they are named.
  public let machines: [Machine]
  /// What else is said, or asked for.
  public let settings: SharingSettings
  /// Where the host has their memory; nil where nobody tells.
  public let hostMap: HostMap?
  /// What the rules about one tree find besides, by id.
  public let besides: [String]
  /// What can't be seen in the trees: a sentence; nil where there is nothing.
  public let note: String?

  /// An example.
  public init(
    _ machines: [Machine], settings: SharingSettings = SharingSettings(), hostMap: HostMap? = nil,
    besides: [String] = [], note: String? = nil
  ) {
    self.machines = machines
    self.settings = settings
    self.hostMap = hostMap
    self.besides = besides
    self.note = note
  }
}

/// Why a region of one machine is taken for a region of another.
public enum ShareMatch: Sendable, Hashable {
  /// A description says that the machines share it.
  case declared
  /// Somebody named it, and this machine has it by that.
  case selected(Key)
  /// Both have it by this.
  case found(Key)

  /// What regions are told by.
  public enum Key: Sendable, Hashable {
    /// The name of the node, with unit address or without.
    case name(String)
    /// A label of `/__symbols__`.
    case label(String)
    /// The value of `xen,id`.
    case xenID(String)
    /// The value of another property that is named like an identifier.
    case property(String)
    /// A string of `compatible`.
    case compatible(String)
    /// The first address.
    case base(UInt64)
    /// An address of the range.
    case address(UInt64)
    /// The ranges overlap, and are equally large.
    case overlap
    /// The range is nothing but memory here.
    case memory
  }
}

extension ShareMatch.Key: CustomStringConvertible {
  /// As the end of a line: `by the name vrings`.
  public var description: String {
    switch self {
    case .name(let name): "by the name \(name)"
    case .label(let label): "by the label \(label)"
    case .xenID(let id): "by xen,id \(id)"
    case .property(let name): "by its \(name)"
    case .compatible(let text): "by compatible \(text)"
    case .base(let address): "by the base \(ByteText.hex(address))"
    case .address(let address): "by the address \(ByteText.hex(address))"
    case .overlap: "by overlapping, and its size"
    case .memory: "by its addresses"
    }
  }

  /// Whether it says more than that two regions look alike.
  var isIdentity: Bool {
    switch self {
    case .xenID, .property: true
    default: false
    }
  }
}

extension ShareMatch: CustomStringConvertible {
  /// As the end of a line: `named, by the label vrings`.
  public var description: String {
    switch self {
    case .declared: "declared"
    case .selected(let key): "named, \(key)"
    case .found(let key): "\(key)"
    }
  }
}

/// A region of reserved memory: something that `memory-region` can refer to.
///
/// Written in the braces of the ``Memory`` that contains it, or beside it.
public protocol MemoryRegion: Component {
  /// The name of its node, without the unit address; unique in its machine.
  var name: String { get }
  /// Where it lies, or where the kernel may put it.
  var placement: Placement { get }
}

/// Where a region of reserved memory lies.
///
/// **Source:** kernel binding `reserved-memory/reserved-memory.yaml`.
public enum Placement: Sendable, Hashable {
  /// At one address: becomes `reg`.
  case `static`(AddressRange)
  /// Wherever the kernel finds room at boot: becomes `size`, `alignment` and `alloc-ranges`.
  case dynamic(DynamicPlacement)
  /// At one address, which follows from the rest of the machine, or with a size that does: becomes
  /// `reg`. Only a ``RestrictedDMAPool`` can be placed so.
  case computed(ComputedPlacement)
}

/// What the kernel has to keep to when it places a region.
public struct DynamicPlacement: Sendable, Hashable, Codable {
  /// The size, in bytes.
  public var size: ByteCount
  /// What the base must be a multiple of, in bytes; nil for the kernel's default, a cache line.
  public var alignment: ByteCount?
  /// The ranges to look in, in order; empty for all of RAM.
  public var allocRanges: [AddressRange]
}

extension Placement: Codable {
  enum CodingKeys: String, CodingKey { case `static`, dynamic, computed }

  /// Reads `{"static": {…}}`, `{"dynamic": {…}}` or `{"computed": {…}}`.
  ///
  /// - Throws: `DecodingError` for anything else.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch container.allKeys {
    case [.static]: self = .static(try container.decode(AddressRange.self, forKey: .static))
    case [.dynamic]: self = .dynamic(try container.decode(DynamicPlacement.self, forKey: .dynamic))
    case [.computed]:
      self = .computed(try container.decode(ComputedPlacement.self, forKey: .computed))
    default:
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription:
            "expected an object with exactly one of the keys static, dynamic, computed"))
    }
  }

  /// Writes an object with one key.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .static(let range): try container.encode(range, forKey: .static)
    case .dynamic(let placement): try container.encode(placement, forKey: .dynamic)
    case .computed(let placement): try container.encode(placement, forKey: .computed)
    }
  }
}

/// Why the kernel doesn't have a region that the tree describes.
public enum Refusal: Sendable, Hashable {
  /// `/reserved-memory` itself is ignored, with everything in it.
  case nodeIgnored
  /// The `status` is neither `okay` nor `ok`.
  case disabled
  /// `reg` is no whole number of entries, or one that can't be read.
  case malformedReg
  /// The size is 0.
  case empty
  /// Neither `reg` nor `size`.
  case withoutExtent
  /// `size` has another length than `#size-cells` of the root says.
  case malformedSize
  /// `alignment` has another length than `#address-cells` of the root says.
  case malformedAlignment
  /// `alloc-ranges` is no whole number of entries.
  case malformedAllocRanges
  /// More dynamic regions than the kernel has room to note.
  case tooManyDynamic
  /// A property that the kind of region doesn't allow; its range is given back.
  case forbiddenProperty(String)
  /// `compatible` names both a restricted and a shared pool.
  case twoKinds
}

extension Refusal: CustomStringConvertible {
  /// What is wrong, as the end of a sentence: `its status is not okay`.
  public var description: String {
    switch self {
    case .nodeIgnored: "the kernel ignores /reserved-memory"
    case .disabled: "its status is not okay"
    case .malformedReg: "its reg is malformed"
    case .empty: "its size is 0"
    case .withoutExtent: "it has neither reg nor size"
    case .malformedSize: "its size is malformed"
    case .malformedAlignment: "its alignment is malformed"
    case .malformedAllocRanges: "its alloc-ranges are malformed"
    case .tooManyDynamic: "there are more than 64 dynamic regions"
    case .forbiddenProperty(let name): "its kind does not allow \(name)"
    case .twoKinds: "it claims to be a pool of two kinds"
    }
  }
}

/// The form of a packed model.
///
/// First ``magic``, then the strings: their number, and each with its length in front; then one value,
/// which starts with its ``Tag``. Numbers are LEB128, but for the four bytes, the lowest first, that say
/// how long the entries of an object or of an array are: those are known only when they are written.
/// An object's entry is the number of its key among the strings, and a value. As in JSON, a reader goes
/// by the keys and not by their order; but where they come in the order in which it asks for them, it
/// finds each at once.
enum PackedForm {
  /// What a packed model starts with.
  static let magic: [UInt8] = [0x64, 0x74, 0x70, 0x6d]  // "dtpm"

  /// Objects and arrays inside each other at the most, as a reader of JSON allows: whoever reads them
  /// calls itself for each.
  static let depthLimit = 512

  /// What a value is.
  enum Tag: UInt8 {
    case null, no, yes
    /// A whole number.
    case number
    /// A negative number: how far below −1 it is.
    case negative
    /// The number of a string.
    case string
    case object, array

    /// Whether there are entries, with their length in front.
    var hasEntries: Bool { self == .object || self == .array }
  }

  /// How many bytes a length takes.
  static let lengthSize = 4
}

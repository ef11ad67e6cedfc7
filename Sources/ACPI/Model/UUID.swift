/// A UUID as `ToUUID` puts it into a buffer.
///
/// **Source:** ACPI 6.5, section 19.6.142, ToUUID: the first three fields are little-endian.
public struct UUID: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The bytes as AML has them, 0 to 7.
  let low: UInt64
  /// The bytes as AML has them, 8 to 15.
  let high: UInt64
  /// The literal that this was to be made of, where it is none; the writer refuses it.
  private(set) var refusedText: String?

  /// A UUID by the 16 bytes that AML has; nil of any other number.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    for (index, byte) in bytes.enumerated() {
      if index < 8 {
        words.0 |= UInt64(byte) << UInt64(8 * index)
      } else {
        words.1 |= UInt64(byte) << UInt64(8 * (index - 8))
      }
    }
    (low, high) = words
  }

  /// A UUID as text: `daffd814-6eba-4d8c-8a91-bc9bbf4aa301`, in either case.
  ///
  /// - Throws: ``ACPIError/Code/notWritable``.
  public init(_ text: String) throws(ACPIError) {
    guard let bytes = Self.bytes(of: text), let value = UUID(bytes: bytes) else {
      throw Self.refusal(of: text)
    }
    self = value
  }

  /// A UUID as text.
  ///
  /// A literal can't throw: one that is no UUID is refused by the writer, with the object that it stands in.
  public init(stringLiteral text: String) {
    if let value = Self.bytes(of: text).flatMap({ UUID(bytes: $0) }) {
      self = value
    } else {
      self.init(low: 0, high: 0)
      refusedText = text
    }
  }

  /// - Throws: ``ACPIError/Code/notWritable`` where this was a literal that is no UUID.
  func check() throws(ACPIError) {
    if let refusedText { throw Self.refusal(of: refusedText) }
  }

  private static func refusal(of text: String) -> ACPIError {
    ACPIError(
      .notWritable, "'\(sanitised(text))' is no UUID: aabbccdd-eeff-gghh-iijj-kkllmmnnoopp")
  }

  private init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// Which of AML's bytes stands at each place of the text.
  private static let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

  private static func bytes(of text: String) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count == 36 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 16)
    var (position, place) = (0, 0)
    while position < 36 {
      if [8, 13, 18, 23].contains(position) {
        guard characters[position] == UInt8(ascii: "-") else { return nil }
        position += 1
        continue
      }
      guard let upper = digit(characters[position]), let lower = digit(characters[position + 1])
      else { return nil }
      bytes[order[place]] = upper << 4 | lower
      place += 1
      position += 2
    }
    return bytes
  }

  private static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x41...0x46: character - 0x41 + 10
    case 0x61...0x66: character - 0x61 + 10
    default: nil
    }
  }

  /// The 16 bytes that AML has.
  public var bytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: low >> UInt64(8 * $0)) }
      + (0..<8).map { UInt8(truncatingIfNeeded: high >> UInt64(8 * $0)) }
  }

  /// The text, in lower case.
  public var description: String {
    if let refusedText { return sanitised(refusedText) }
    let bytes = bytes
    var text = ""
    for (place, index) in Self.order.enumerated() {
      if [4, 6, 8, 10].contains(place) { text += "-" }
      text += bytes[index] < 16 ? "0" : ""
      text += String(bytes[index], radix: 16)
    }
    return text
  }
}

extension UUID {
  /// `_DSD`: device properties.
  ///
  /// **Source:** UEFI Forum, _DSD Implementation Guide 1.1, section 3.1.
  public static let deviceProperties: UUID = "daffd814-6eba-4d8c-8a91-bc9bbf4aa301"
  /// `_DSD`: sub-nodes, each with properties of its own.
  ///
  /// **Source:** UEFI Forum, _DSD Implementation Guide 1.1, section 3.2.
  public static let hierarchicalData: UUID = "dbb8e3e6-5886-4ba6-8795-1319f52a966b"
  /// `_DSD`: properties whose values are buffers.
  ///
  /// **Source:** Linux `drivers/acpi/property.c`, `buffer_prop_guid`.
  public static let bufferProperties: UUID = "edb12dd0-363d-4085-a3d2-49522ca160c4"
  /// `_OSC` of a PCI host bridge.
  ///
  /// **Source:** PCI Firmware Specification 3.3, section 4.5.
  public static let pciHostBridge: UUID = "33db4d5b-1ff7-401c-9657-7441c03dd766"
  /// `_DSM` of a PCI device or host bridge.
  ///
  /// **Source:** PCI Firmware Specification 3.3, section 4.6.
  public static let pciDevice: UUID = "e5c937d0-3553-4d7a-9117-ea4d19c3434d"
  /// `_OSC` of `\_SB`.
  ///
  /// **Source:** ACPI 6.5, section 6.2.12.2.
  public static let platform: UUID = "0811b06e-4a27-44f9-8d60-3cbbc22e7b48"

  /// What Linux or this package gives a meaning to: a buffer of these bytes is shown as a UUID.
  static let known: Set<UUID> = [
    .deviceProperties, .hierarchicalData, .bufferProperties, .pciHostBridge, .pciDevice, .platform,
    "ab02a46b-74c7-45a2-bd68-f7d344ef2153", "6211e2c0-58a3-4af3-90e1-927a4e0c55a4",
    "efcc06cc-73ac-4bc3-bff0-76143807c389", "c44d002f-69f9-4e7d-a904-a7baabdf43f7",
    "6c501103-c189-4296-ba72-9bf5a26ebe5d", "5025030f-842f-4ab4-a561-99a5189762d0",
  ]
}

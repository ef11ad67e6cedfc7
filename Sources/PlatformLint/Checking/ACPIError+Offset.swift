import ACPI
import GuestView

extension ACPIError {
  /// The message, and the byte of the file that it is about: of what can't be drawn as ASL it is the only place.
  var messageWithOffset: String {
    byteOffset.map { "\(message) (at byte \(ByteText.hex(UInt64(clamping: $0))))" } ?? message
  }
}

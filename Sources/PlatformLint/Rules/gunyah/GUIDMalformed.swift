import DeviceTree
import Diagnostics
import GuestView

/// The resource manager reads eight groups of four digits.
enum GUIDMalformed: TargetRule {
  static let id = "gunyah/guid-malformed"
  static let profile: TargetName? = .gunyah
  static let severity = Severity.error
  static let summary = "vm-guid of /gunyah-vm-config is no GUID"
  static let rationale = """
    Where there is a vm-guid, the resource manager reads 32 hexadecimal digits from it, in groups as in \
    00112233-4455-6677-8899-aabbccddeeff, and refuses fewer.
    """
  static let consequence =
    "the resource manager refuses the guest, and the VMM is told no more than ENODEV"
  static let logLine: String? = "invalid vm-guid"
  static let help = "write all digits, or leave the property out"
  static let sources = [Source.gunyah("src/vm_config/vm_config_parser.c", "parse_vm_info")]
  static let good = [example("00112233-4455-6677-8899-aabbccddeeff")]
  static let bad = [example("00112233-4455", mark: "  // finding")]

  private static func example(_ guid: String, mark: String = "") -> Example {
    Example(
      in: .protected,
      """
      / {
        gunyah-vm-config {
          image-name = "crosvm-vm";
          vm-guid = "\(guid)";\(mark)
        };
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let property = GunyahConfig.node(in: view)?.property("vm-guid"),
      let text = property.strings?.first, !isGUID(text)
    else { return }
    report(
      "this is no GUID", at: .property(property),
      expected: "digits as in 00112233-4455-6677-8899-aabbccddeeff")
  }

  private static func isGUID(_ text: String) -> Bool {
    let groups = text.utf8.split(
      separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy { $0.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit } }
  }
}

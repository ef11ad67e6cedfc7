/// What the metadata of a domain say about the gate in front of it.
///
/// ```xml
/// <metadata>
///   <dtgen:gate xmlns:dtgen="urn:dtgen:libvirt:1" guest-config="/srv/guest/config"/>
/// </metadata>
/// ```
public struct LibvirtGateSettings: Sendable, Hashable {
  /// The namespace of the element.
  public static let namespace = "urn:dtgen:libvirt:1"

  /// The file of what the kernel was built with; nil where nothing is said.
  public private(set) var guestConfig: String?
  /// The name of a kernel that is known; nil where nothing is said.
  public private(set) var guest: String?
  /// The policy; nil where nothing is said.
  public private(set) var policy: String?
  /// The rules and families that have to run.
  public private(set) var required: [String] = []
  /// Whether the firmware hands the tree on to the guest.
  public private(set) var firmwareKeepsTree = false

  /// The settings in the metadata of `domain`; nil where there are none.
  ///
  /// - Throws: ``CommandLineError`` where they say what isn't known.
  init?(_ domain: XMLElement) throws(CommandLineError) {
    let metadata = domain["metadata"]?.children ?? []
    // Of another version, or misspelt: who wrote it wants the guest judged.
    if let other = metadata.first(where: {
      $0.namespace != Self.namespace && $0.namespace.lowercased().hasPrefix("urn:dtgen")
    }) {
      throw CommandLineError(
        "line \(other.line): <\(other.name)> is of the namespace '\(other.namespace)', and \(Self.namespace) is known"
      )
    }
    let elements = metadata.filter { $0.namespace == Self.namespace }
    guard let element = elements.first else { return nil }
    guard elements.count == 1, element.name == "gate" else {
      throw CommandLineError(
        "line \(elements[elements.count - 1].line): <metadata> takes one element of \(Self.namespace), <gate>"
      )
    }
    let place = "line \(element.line): <gate>"
    guard element.children.isEmpty, element.trimmedText == nil else {
      throw CommandLineError("\(place): has attributes, and nothing in it")
    }
    for attribute in element.attributes {
      let value = attribute.value
      guard !value.isEmpty else {
        throw CommandLineError("\(place): '\(attribute.name)' is empty")
      }
      switch attribute.name {
      case "guest-config": guestConfig = try Self.path(value, of: attribute, place)
      case "policy": policy = try Self.path(value, of: attribute, place)
      case "guest": guest = value
      case "require": required = value.split(separator: " ").map(String.init)
      case "firmware-keeps-tree":
        guard ["yes", "no"].contains(value) else {
          throw CommandLineError("\(place): 'firmware-keeps-tree' is yes or no, and not '\(value)'")
        }
        firmwareKeepsTree = value == "yes"
      default:
        throw CommandLineError(
          "\(place): '\(attribute.name)' isn't known: guest-config, guest, policy, require and "
            + "firmware-keeps-tree are")
      }
    }
    if guest != nil, guestConfig != nil {
      throw CommandLineError("\(place): 'guest' and 'guest-config' exclude each other")
    }
  }

  /// The directory that a daemon works in is nobody's choice.
  private static func path(
    _ value: String, of attribute: XMLElement.Attribute, _ place: String
  ) throws(CommandLineError) -> String {
    guard value.hasPrefix("/") else {
      throw CommandLineError(
        "\(place): '\(attribute.name)' takes a path that begins with '/', and not '\(value)'")
    }
    return value
  }
}

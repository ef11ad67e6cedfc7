/// A domain of libvirt's, as its XML describes it.
///
/// **Source:** libvirt 9.0 `docs/formatdomain.rst`, `src/conf/schemas/domaincommon.rng`.
public struct LibvirtDomain: Sendable {
  /// The name.
  public let name: String
  /// What its metadata says about the gate; nil where they don't speak of it.
  public let gate: LibvirtGateSettings?
  let element: XMLElement

  /// Reads a domain.
  ///
  /// - Throws: ``CommandLineError`` for what is no domain, or says of the gate what isn't known.
  public init(_ bytes: [UInt8]) throws(CommandLineError) {
    do throws(XMLReadingError) {
      element = try XMLReader.element(bytes)
    } catch {
      throw CommandLineError("line \(error.line): no XML that is read here: \(error.message)")
    }
    guard element.name == "domain", element.namespace.isEmpty else {
      throw CommandLineError("'<\(element.name)>' is no domain of libvirt's")
    }
    guard let name = element["name"]?.trimmedText else {
      throw CommandLineError("the domain has no name")
    }
    self.name = name
    try Self.requireOne(in: element)
    gate = try LibvirtGateSettings(element)
  }

  /// What a domain has once.
  ///
  /// libvirt joins some of what is there twice, so that the first alone wouldn't say what it does.
  private static let once: Set<String> = [
    "name", "metadata", "memory", "currentMemory", "maxMemory", "memoryBacking", "vcpu", "cpu",
    "os", "features",
    "devices", "numatune", "launchSecurity",
  ]

  private static func requireOne(in domain: XMLElement) throws(CommandLineError) {
    var found: Set<String> = []
    for element in domain.children
    where element.namespace.isEmpty && once.contains(element.name) {
      guard found.insert(element.name).inserted else {
        throw CommandLineError("line \(element.line): a second <\(element.name)> in the domain")
      }
    }
  }
}

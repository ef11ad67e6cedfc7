/// A place as SARIF says it.
struct SARIFLocation {
  private let place: Place
  private let file: String
  private let message: String?

  /// `place`, in `file` where it doesn't say otherwise.
  init(_ place: Place, in file: String, message: String? = nil) {
    self.place = place
    self.file = file
    self.message = message
  }

  var json: JSONValue {
    .object(
      .init("physicalLocation", physical),
      .init("logicalLocations", logical.map { .array([$0]) }),
      .init("message", message.map(Self.message)))
  }

  private var physical: JSONValue {
    if let source = place.source {
      return .object(
        .init("artifactLocation", Self.artifact(source.file)),
        .init(
          "region",
          .object(
            .init("startLine", max(1, source.line).json),
            .init("startColumn", max(1, source.column).json))))
    }
    return .object(
      .init("artifactLocation", Self.artifact(place.file ?? file)),
      .init(
        "region",
        place.byteOffset.map {
          .object(
            .init("byteOffset", max(0, $0).json), .init("byteLength", place.byteLength?.json))
        }))
  }

  /// `/virtio@a000000:memory-region[0]`: the node, the property and the cell.
  private var logical: JSONValue? {
    guard let node = place.node else { return nil }
    var name = node == "/" ? node : String(node.split(separator: "/").last ?? "")
    var qualified = node
    var kind = "object"
    if let property = place.property {
      name = place.element ?? property
      qualified += ":\(property)"
      kind = "property"
      if let cell = place.cell {
        qualified += "[\(cell)]"
        kind = "value"
      }
    }
    return .object(
      .init("name", name.json), .init("fullyQualifiedName", qualified.json),
      .init("kind", kind.json))
  }

  /// A file; standard input has no address, only a description.
  static func artifact(_ file: String) -> JSONValue {
    file == "-"
      ? .object(.init("description", message("standard input")))
      : .object(.init("uri", uri(of: file).json))
  }

  /// The path of a file that is so named as a reference, relative as long as the path is, with every byte escaped that could be
  /// taken for something else.
  ///
  /// **Source:** RFC 3986, sections 2.3 and 4.2; RFC 8089 for absolute paths.
  static func uri(of path: String) -> String {
    var bytes = path.namedBytes
    if bytes.starts(with: Array("./".utf8)) { bytes.removeFirst(2) }
    var uri = bytes.first == UInt8(ascii: "/") ? "file://" : ""
    for byte in bytes {
      let scalar = Unicode.Scalar(byte)
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "/":
        uri.unicodeScalars.append(scalar)
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        uri += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return uri
  }

  /// A message, with what would be taken for a placeholder or a link escaped.
  ///
  /// **Source:** SARIF 2.1.0, sections 3.11.5 and 3.11.6.
  static func message(_ text: String) -> JSONValue {
    .object(.init("text", text.respelled(["{": "{{", "}": "}}"]).escapingLinks.json))
  }
}

extension String {
  /// The text with its brackets escaped where they would be a link.
  fileprivate var escapingLinks: String {
    let scalars = Array(unicodeScalars)
    let hasLink = zip(scalars, scalars.dropFirst()).contains { $0 == "]" && $1 == "(" }
    return hasLink ? respelled(["\\": "\\\\", "[": "\\[", "]": "\\]"]) : self
  }
}

import FoundationEssentials
import Glibc
import PlatformLint

/// A policy, and where it was read.
struct PolicyFile {
  /// The file that is looked for.
  ///
  /// In the working directory alone: a file further up would change verdicts from where nobody
  /// looks.
  static let usualName = ".dtgen.json"

  /// What is read at the most of a policy or a baseline, in bytes.
  static let limit = 16 << 20

  var policy: Policy
  var path: String
  private var bytes: [UInt8]

  /// The directory that the policy's paths are relative to.
  var directory: String { Path.directory(of: path) }

  /// The policy that `source` names; nil where it names none.
  ///
  /// - Throws: ``Failure`` with status 66 where a named file is missing, and 78 where it is no policy
  ///   or a waiver of it has expired.
  static func load(_ source: PolicySource, today: CalendarDate?) throws(Failure) -> PolicyFile? {
    let path: String
    switch source {
    case .none: return nil
    case .workingDirectory:
      // A link that leads nowhere was meant to lead to a policy.
      guard Path.exists(usualName) || Path.isLink(usualName) else { return nil }
      path = usualName
      try requireFile(path)
    case .file(let named): path = named
    }
    let bytes = try InputFile.read(path, limit: limit)
    let file = PolicyFile(
      policy: try decode(Policy.self, bytes, of: path), path: path, bytes: bytes)
    let waivers = file.policy.waivers
    if waivers.contains(where: { $0.expires != nil }) {
      let today = today ?? CalendarDate(secondsSince1970: time(nil))
      let expired = file.policy.expired(on: today)
      if let position = waivers.firstIndex(where: expired.contains),
        let expires = waivers[position].expires
      {
        let waiver = waivers[position].description
        throw Failure(
          .badConfiguration,
          "\(file.place(ofWaiver: position)): the waiver of \(waiver) expired on \(expires)")
      }
    }
    return file
  }

  /// The path of the baseline; nil where the policy names none.
  var baselinePath: String? {
    policy.baseline.map {
      $0.hasPrefix("/") || directory == "." ? $0 : "\(directory)/\($0)"
    }
  }

  /// Where the waiver at `position` stands, as compilers print it.
  func place(ofWaiver position: Int) -> String {
    Self.place([.key("waivers"), .index(position)], in: bytes, of: path)
  }

  /// Reads JSON or JSON5, in which no key may be there twice.
  ///
  /// - Throws: ``Failure`` with status 66 or 78, with the line and the column.
  static func decode<Value: Decodable>(
    _ type: Value.Type, in path: String
  ) throws(Failure) -> Value {
    try requireFile(path)
    return try decode(type, try InputFile.read(path, limit: limit), of: path)
  }

  /// A pipe that nobody writes to would hold up the run before the first tree: only a policy that the
  /// command line names may be one.
  private static func requireFile(_ path: String) throws(Failure) {
    guard let status = try? FileStatus(of: path), !status.isRegularFile, !status.isDirectory else {
      return
    }
    throw Failure(.badConfiguration, "\(path.reportedPath): is a pipe or a device, not a file")
  }

  /// The same of bytes that were read from `path`.
  static func decode<Value: Decodable>(
    _ type: Value.Type, _ bytes: [UInt8], of path: String
  ) throws(Failure) -> Value {
    do throws(JSON5Fault) {
      try JSON5Document.check(bytes)
    } catch {
      throw Failure(
        .badConfiguration,
        "\(path.reportedPath):\(TextPosition(of: error.offset, in: bytes)): \(error.message)")
    }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      let steps = error.path.map { key in
        key.intValue.map(JSON5Document.Step.index) ?? .key(key.stringValue)
      }
      let place = steps.isEmpty ? path.reportedPath : place(steps, in: bytes, of: path)
      throw Failure(.badConfiguration, "\(place): \(explanation(of: error))")
    } catch {
      throw Failure(.badConfiguration, "\(path.reportedPath): it can't be read as JSON")
    }
  }

  private static func place(
    _ steps: [JSON5Document.Step], in bytes: [UInt8], of path: String
  ) -> String {
    let offset = JSON5Document.offset(of: steps, in: bytes)
    return "\(path.reportedPath):\(TextPosition(of: offset, in: bytes))"
  }

  private static func explanation(of error: DecodingError) -> String {
    let place = place(error.path)
    switch error {
    case .dataCorrupted where error.path.isEmpty: return "it is neither JSON nor JSON5"
    case .dataCorrupted(let context): return "\(place): \(context.debugDescription)"
    case .typeMismatch(let type, _), .valueNotFound(let type, _):
      return "\(place): it should be \(name(of: type))"
    case .keyNotFound: return "\(place): is missing"
    @unknown default: return "it can't be read"
    }
  }

  /// `waivers[0].rule`.
  private static func place(_ path: [any CodingKey]) -> String {
    var text = ""
    for key in path {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += (text.isEmpty ? "" : ".") + key.stringValue
      }
    }
    return text.isEmpty ? "the document" : text
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Int.Type: "a whole number"
    case is [Any].Type: "a list"
    default: "an object"
    }
  }
}

extension DecodingError {
  /// Where in the document it is.
  fileprivate var path: [any CodingKey] {
    switch self {
    case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context):
      context.codingPath
    case .keyNotFound(let key, let context): context.codingPath + [key]
    @unknown default: []
    }
  }
}

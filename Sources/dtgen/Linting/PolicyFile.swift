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
  private static let limit = 16 << 20

  var policy: Policy
  /// The path as it is shown.
  var path: String

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
      guard access(usualName, F_OK) == 0 else { return nil }
      path = usualName
    case .file(let named): path = named
    }
    let file = PolicyFile(policy: try decode(Policy.self, in: path), path: path)
    if file.policy.waivers.contains(where: { $0.expires != nil }) {
      let today = today ?? CalendarDate(secondsSince1970: time(nil))
      if let waiver = file.policy.expired(on: today).first, let expires = waiver.expires {
        throw Failure(
          .badConfiguration, "\(path): the waiver of \(waiver.description) expired on \(expires)")
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

  /// Reads JSON or JSON5.
  ///
  /// - Throws: ``Failure`` with status 66 or 78.
  static func decode<Value: Decodable>(
    _ type: Value.Type, in path: String
  ) throws(Failure) -> Value {
    let bytes = try InputFile.read(path, limit: limit)
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw Failure(.badConfiguration, "\(path): \(explanation(of: error))")
    } catch {
      throw Failure(.badConfiguration, "\(path): it can't be read as JSON")
    }
  }

  private static func explanation(of error: DecodingError) -> String {
    switch error {
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      return "it is neither JSON nor JSON5"
    case .dataCorrupted(let context):
      return "\(place(context.codingPath)): \(context.debugDescription)"
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      return "\(place(context.codingPath)): it should be \(name(of: type))"
    case .keyNotFound(let key, let context):
      return "\(place(context.codingPath + [key])): is missing"
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

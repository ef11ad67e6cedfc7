/// One finding as a result.
struct SARIFResult {
  private let finding: Finding
  private let file: String
  private let rules: SARIFRules

  init(_ finding: Finding, file: String, _ rules: SARIFRules) {
    self.finding = finding
    self.file = file
    self.rules = rules
  }

  var json: JSONValue {
    .object(
      .init("ruleId", finding.rule.json),
      .init("ruleIndex", rules.index(of: finding.rule)?.json),
      .init("level", finding.severity.rawValue.json),
      .init("message", SARIFLocation.message(text)),
      .init("locations", .array([SARIFLocation(finding.place, in: file).json])),
      .init("relatedLocations", .array(related)),
      .init("partialFingerprints", .object(.init("dtgenPlace/v1", finding.fingerprint.json))),
      // Without the member nobody could tell whether a finding is suppressed.
      .init("suppressions", .array(suppressions)),
      .init("properties", properties))
  }

  /// The first sentence is all that a list shows, so it has the place in it.
  private var text: String {
    var text = ""
    if let node = finding.place.node { text += "\(node): " }
    if let element = finding.place.element ?? finding.place.property { text += "\(element): " }
    text += finding.message
    if let found = finding.found { text += "; found \(found)" }
    if let expected = finding.expected { text += "; expected \(expected)" }
    text += "."
    if let consequence = finding.consequence { text += " The guest: \(consequence)." }
    return text
  }

  /// The other parties, and the bytes behind a line of the description; each once, as SARIF asks.
  private var related: [JSONValue] {
    var locations: [JSONValue] = []
    if finding.place.source != nil, finding.place.byteOffset != nil {
      var bytes = finding.place
      bytes.source = nil
      locations.append(SARIFLocation(bytes, in: file, message: "what the guest sees").json)
    }
    for party in finding.related {
      locations.append(SARIFLocation(party.place, in: file, message: party.message).json)
    }
    var seen: Set<JSONValue> = []
    return locations.filter { seen.insert($0).inserted }
  }

  private var suppressions: [JSONValue] {
    guard let reason = finding.allowedBecause else { return [] }
    let isInSource = (finding.allowedBy ?? .description) == .description
    return [
      .object(
        .init("kind", (isInSource ? "inSource" : "external").json),
        .init("justification", reason.json))
    ]
  }

  private var properties: JSONValue? {
    let members: [JSONValue.Member] = [
      .init("label", finding.place.label?.json),
      .init("found", finding.found?.json),
      .init("expected", finding.expected?.json),
      .init("consequence", finding.consequence?.json),
      .init("logLine", finding.logLine?.json),
      .init("help", finding.help?.json),
    ].compactMap(\.self)
    return members.isEmpty ? nil : .object(members)
  }
}

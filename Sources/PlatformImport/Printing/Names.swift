import PlatformDescription

/// The globals that parts of a description are known by.
struct Names {
  private var labels: [String: String] = [:]
  private var regions: [String: String] = [:]
  private var values: [SourceLocation: String] = [:]
  private var identifiers = Identifiers()

  /// The labels that are needed, in the order of the tree, with the globals that hold them.
  private(set) var declaredLabels: [(identifier: String, label: String)] = []

  /// Gives away a name for something new.
  mutating func take(_ wanted: [String], suffix: String = "") -> String {
    identifiers.take(wanted, suffix: suffix)
  }

  mutating func declare(label: Label) {
    guard labels[label.name] == nil else { return }
    let identifier = take([label.name], suffix: "Label")
    labels[label.name] = identifier
    declaredLabels.append((identifier, label.name))
  }

  mutating func declare(region name: String) -> String {
    let identifier = take([name], suffix: "Region")
    regions[name] = identifier
    return identifier
  }

  mutating func declare(value location: SourceLocation, wanted: [String]) -> String {
    let identifier = take(wanted)
    values[location] = identifier
    return identifier
  }

  func identifier(ofLabel label: String) -> String { labels[label] ?? label }

  func identifier(ofRegion name: String) -> String? { regions[name] }

  func identifier(ofValue location: SourceLocation?) -> String? {
    location.flatMap { values[$0] }
  }

  /// The name of what `reference` means.
  func name(of reference: Reference) -> String {
    if let name = reference.name {
      return reference.noun == Reference.labelNoun
        ? identifier(ofLabel: name) : regions[name] ?? name
    }
    return identifier(ofValue: reference.declared) ?? reference.noun
  }
}

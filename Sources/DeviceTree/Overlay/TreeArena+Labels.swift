extension TreeArena {
  /// Why a label can't be resolved.
  struct LabelProblem: Error {
    var code: DeviceTreeError.Code
    var message: String
  }

  /// The phandle of the node that `label` of `/__symbols__` stands for.
  func phandle(ofLabel label: String) -> Result<UInt32, LabelProblem> {
    let shown = sanitised(label)
    guard let symbols = child(OverlayNames.symbols, of: 0) else {
      return .failure(
        LabelProblem(
          code: .noSymbols,
          message: "the overlay refers to the label '\(shown)', and the base has no /__symbols__; "
            + "have the base compiled with dtc -@, or built with --symbols"))
    }
    func unknown(_ message: String) -> Result<UInt32, LabelProblem> {
      .failure(LabelProblem(code: .unknownLabel, message: message))
    }
    guard let value = value(label, of: symbols) else {
      let labels = entries[symbols].slots.lazy.map(\.property.name)
      return unknown(
        "the base has no label '\(shown)'" + NearMiss.hint(for: label, among: labels))
    }
    guard let path = value.text, case .found(let node) = resolve(path) else {
      return unknown("the base's label '\(shown)' stands for a node that the base hasn't")
    }
    guard let phandle = phandle(of: node) else {
      return unknown(
        "the base's node \(sanitised(self.path(of: node))), label '\(shown)', has no phandle; have "
          + "the base compiled with dtc -@, or built with --symbols")
    }
    return .success(phandle)
  }
}

extension TreeArena {
  /// The first label of each node that has one in `/__symbols__`, and a phandle to be referred to by.
  var labels: [Int: String] {
    guard let symbols = child(OverlayNames.symbols, of: 0) else { return [:] }
    var labels: [Int: String] = [:]
    for slot in entries[symbols].slots {
      guard let path = slot.property.value.text, let node = node(at: path), labels[node] == nil,
        phandle(of: node) != nil
      else { continue }
      labels[node] = slot.property.name
    }
    return labels
  }
}

import PlatformDescription

/// What a node may be in the language; it counts only if laying it out gives the node back.
struct Proposal {
  /// Where elements stand in a description, in the order in which people write them.
  enum Place: CaseIterable {
    case memory, processors, firmware, interruptController, timer, device, alias, chosen
  }

  /// How others refer to the node.
  enum Handle: Equatable {
    /// By a label.
    case label
    /// As the value that it is.
    case value(noun: String, at: GuestAddress?)
    /// As the region of this name.
    case region(String)
  }

  /// The nouns.
  var elements: [Element]
  /// Where they stand.
  var place: Place
  /// How others refer to the node.
  var handle: Handle
  /// The names of the regions of reserved memory in it, by node.
  var regions: [Int: String] = [:]

  /// A node that is one noun.
  init(_ component: some Component, _ place: Place, handle: Handle = .label) {
    elements = [component.element]
    self.place = place
    self.handle = handle
  }

  /// A node that is referred to as a value.
  init(value component: some Referable, _ place: Place) {
    let element = component.element
    self.init(
      component, place, handle: .value(noun: element.noun, at: component.referenceAddress))
  }

  /// A node whose children are nouns.
  init(elements: [Element], _ place: Place) {
    self.elements = elements
    self.place = place
    handle = .label
  }
}

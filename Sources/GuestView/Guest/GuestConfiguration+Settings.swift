extension GuestConfiguration {
  /// How each option is built.
  ///
  /// A list, and no dictionary: before the first entry of one, the run time looks through the conformances of
  /// the whole program, which takes as long as to read a thousand options.
  struct Settings: Sendable, Hashable {
    private static let options = GuestOption.allCases

    /// By the place of the option among all of them.
    private var list: [Setting] = Array(repeating: .off, count: options.count)

    /// How an option is built.
    subscript(option: GuestOption) -> Setting {
      get { Self.place(of: option).map { list[$0] } ?? .off }
      set {
        if let place = Self.place(of: option) { list[place] = newValue }
      }
    }

    private static func place(of option: GuestOption) -> Int? { options.firstIndex(of: option) }
  }
}

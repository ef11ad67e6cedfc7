import ArgumentParser
import PlatformLint

/// `--profile`.
enum ProfileSetting: Hashable {
  /// A kind of machine, or a consumer.
  case named(ProfileName)
  /// By each tree's marks, whatever a policy says.
  case auto

  /// Every name that can be written.
  static var names: [String] { ProfileName.all + ["auto"] }

  /// The setting that `text` means; nil where there is none.
  init?(_ text: String) {
    if text == "auto" {
      self = .auto
    } else if let name = ProfileName(text) {
      self = .named(name)
    } else {
      return nil
    }
  }

  /// - Throws: A `ValidationError` that lists them all, the nearest first.
  init(named text: String) throws {
    guard let setting = ProfileSetting(text) else {
      throw ValidationError(ProfileName.unknown(text) + ", auto.")
    }
    self = setting
  }

  /// The consumer; nil for a kind of machine.
  var target: Target? {
    if case .named(.target(let target)) = self { target } else { nil }
  }

  /// - Throws: A `ValidationError` where `settings` contradict each other.
  static func check(_ settings: [ProfileSetting]) throws {
    if Set(settings.filter { $0.target == nil }).count > 1 {
      throw ValidationError(
        "--profile takes one of vm, soc and auto, besides those who take the trees.")
    }
    if let fault = settings.compactMap(\.target).fault {
      throw ValidationError("--profile: \(fault).")
    }
  }
}

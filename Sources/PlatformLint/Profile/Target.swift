public import GuestView

/// Who takes a tree, apart from the Linux that every rule is about.
public enum TargetName: String, Sendable, Hashable, CaseIterable {
  /// Cloud Hypervisor, which writes its tree itself.
  case cloudHypervisor = "cloud-hypervisor"
  /// crosvm, which writes its tree itself, and lays overlays over it.
  case crosvm
  /// Firecracker, which writes its tree itself.
  case firecracker
  /// The resource manager of Gunyah.
  case gunyah
  /// The guest's kernel, in a version other than that which the rules are written from.
  case linux
  /// The firmware of Android's protected guests.
  case pvmfw
  /// QEMU's machine `virt`, with `-dtb`.
  case qemuVirt = "qemu-virt"
  /// Xen, which makes its guests of the host's tree.
  case xenDom0less = "xen-dom0less"
}

/// A consumer that a tree is held to, as `--profile` and a policy name it: `pvmfw`, `linux-6.1`.
public struct Target: Sendable, Hashable, CustomStringConvertible {
  /// Who it is.
  public let name: TargetName
  /// The version of Linux; nil for other consumers, and for the version that the rules are from.
  public let version: GuestConfiguration.Version?

  /// The oldest version of Linux that can be named; of older ones nothing was looked up.
  public static let oldestLinux = GuestConfiguration.Version(5, 10)

  /// The version of Linux that the rules are written from.
  public static let rulesAreFrom = GuestConfiguration.Version(6, 12)

  /// A consumer.
  public init(_ name: TargetName) {
    self.name = name
    version = nil
  }

  /// Linux in this version.
  public init(linux version: GuestConfiguration.Version) {
    name = .linux
    self.version = version
  }

  /// The consumer that `text` names; nil where there is none.
  public init?(_ text: String) {
    if let name = TargetName(rawValue: text) {
      self.init(name)
      return
    }
    guard text.hasPrefix("linux-"),
      let version = GuestConfiguration.Version(whole: text.dropFirst("linux-".count)),
      version >= Self.oldestLinux
    else { return nil }
    self.init(linux: version)
  }

  /// As it is written: `pvmfw`, `linux-6.1`.
  public var description: String {
    version.map { "\(name.rawValue)-\($0)" } ?? name.rawValue
  }

  /// The kernel of `version`, where nobody among `targets` names one and rules differ for it; nil otherwise.
  public static func kernel(
    _ version: GuestConfiguration.Version?, beside targets: [Target]
  ) -> Target? {
    guard let version, version < rulesAreFrom, !targets.contains(where: { $0.name == .linux })
    else {
      return nil
    }
    return Target(linux: version)
  }

  /// Whether `rule` is asked of a tree that this consumer takes.
  public func asks(_ rule: any Rule.Type) -> Bool {
    guard rule.profile == name else { return false }
    guard let end = rule.before else { return true }
    return (version ?? Self.rulesAreFrom) < end
  }
}

extension RuleCatalogue {
  /// The rules that are asked where nobody names a profile.
  public static let standard: [any Rule.Type] = all.filter { !$0.needs.contains(.profile) }

  /// The rules that only profiles ask.
  public static var inProfiles: [any Rule.Type] { all.filter { $0.needs.contains(.profile) } }

  /// The rules that are asked of a tree that all of `targets` take.
  public static func rules(for targets: [Target]) -> [any Rule.Type] {
    if targets.isEmpty { return standard }
    return all.filter { rule in
      !rule.needs.contains(.profile) || targets.contains { $0.asks(rule) }
    }
  }
}

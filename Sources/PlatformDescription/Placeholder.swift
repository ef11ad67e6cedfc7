// Stands in for the language until it lands: what the loader's contract names, and no more.
internal import FoundationEssentials
internal import Glibc

/// A platform.
public struct Platform: Codable, Sendable {
  var name: String
  var virtualMachines: [VirtualMachine]

  /// A platform of virtual machines.
  public init(_ name: String, @PlatformBuilder _ content: () -> [VirtualMachine]) {
    self.name = name
    virtualMachines = content()
  }
}

/// A virtual machine.
public struct VirtualMachine: Codable, Sendable {
  var name: String

  /// What its processors are.
  public enum Architecture: Sendable { case arm64 }

  /// A virtual machine.
  public init(_ name: String, architecture: Architecture, _ content: () -> Void) {
    self.name = name
  }
}

/// Collects virtual machines.
@resultBuilder
public enum PlatformBuilder {
  /// The machines of a block.
  public static func buildBlock(_ machines: VirtualMachine...) -> [VirtualMachine] { machines }
}

/// Writes the model of `platform` as JSON; 0, or an errno.
public func emitModel(_ platform: Platform, to descriptor: Int32) -> Int32 {
  guard let data = try? JSONEncoder().encode(platform) else { return EINVAL }
  var rest = [UInt8](data)[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if written <= 0 { return errno }
    rest = rest.dropFirst(written)
  }
  return 0
}

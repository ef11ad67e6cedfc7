import Foundation

extension Tool {
  /// libvirt's shell, with its driver for QEMU.
  public static let virsh = Tool("virsh", package: "libvirt-clients libvirt-daemon-driver-qemu")
}

/// libvirt without a daemon.
public enum Libvirt {
  /// Whether libvirt's own schema takes this domain, and else what is wrong.
  public static func complaint(about file: String) throws -> String? {
    let result = try run(["-c", "test:///default", "define", "--validate", file])
    return result.status == 0 ? nil : result.errors
  }

  /// The command line by which libvirt would start this domain.
  public static func command(of file: String) throws -> [String] {
    let result = try run(["-c", "qemu:///embed?root=ROOT", "domxml-to-native", "qemu-argv", file])
    guard result.status == 0 else { throw Refusal(description: result.errors) }
    return words(result.text.replacing("\\\n", with: " "))
  }

  /// What libvirt says where it has no command line for a domain.
  public struct Refusal: Error, CustomStringConvertible {
    /// What it says.
    public let description: String
  }

  /// The words of a shell's line, with quotes around some.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in line {
      if character == "'" {
        isQuoted.toggle()
      } else if character.isWhitespace, !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// As root libvirt wants a user of its own, which not every system has; as anybody else it doesn't.
  private static func run(_ arguments: [String]) throws -> Tool.Result {
    let scratch = try ScratchDirectory()
    let words = ["virsh"] + arguments.map { $0.replacing("ROOT", with: scratch.path) }
    let isRoot = getuid() == 0
    let nobody = 65534
    if isRoot {
      try FileManager.default.setAttributes(
        [.ownerAccountID: nobody], ofItemAtPath: scratch.path)
    }
    let user = isRoot ? ["setpriv", "--reuid=\(nobody)", "--clear-groups"] : []
    return try Tool("env", package: "coreutils").run(
      ["HOME=" + scratch.path, "timeout", "60"] + user + words)
  }
}

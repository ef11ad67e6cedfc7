import DTGenTestSupport
import Foundation

/// The command line that puts a gate in front of an emulator.
struct GateCommand {
  /// The program.
  let path = Repository.root + "/dist/bin/dtgen"
  /// Its arguments.
  let arguments: [String]

  /// A gate in front of `command`, whose guest boots a kernel of `architecture` that `.ci/guest-kernel` made.
  ///
  /// - Throws: what reading and writing files throws.
  init(
    _ command: [String], architecture: GuestArchitecture, hasPools: Bool,
    _ scratch: ScratchDirectory
  ) throws {
    let text = try Self.configuration(of: architecture, hasPools: hasPools)
    let file = try scratch.write(Array(text.utf8), to: "config")
    // It stands in the guest's own log where it lets the guest run, so it says nothing else.
    arguments = ["gate", "qemu", "--guest-config", file, "--no-policy", "--"] + command
  }

  /// What the kernel was built with: the fragments that it was made from, every line of which is in the kernel or there
  /// is no kernel, and what Linux's `arch/arm64/Kconfig` has in every kernel.
  private static func configuration(
    of architecture: GuestArchitecture, hasPools: Bool
  ) throws -> String {
    var lines = [
      "# Linux/\(architecture.rawValue) 6.12 Kernel Configuration", "CONFIG_CC_IS_GCC=y",
      "CONFIG_OF=y", "CONFIG_SWIOTLB=y",
    ]
    for name in ["common", architecture.rawValue] {
      let file = Repository.root + "/.ci/guest/\(name).config"
      lines += try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(
        String.init)
    }
    if !hasPools { lines.removeAll { $0.hasPrefix("CONFIG_DMA_RESTRICTED_POOL=") } }
    return lines.joined(separator: "\n") + "\n"
  }
}

import DTGenTestSupport
import Foundation

/// A kernel that `.ci/guest-kernel` made, and its twin that knows no restricted pools.
struct GuestKernel {
  /// The kernel.
  var image: String
  /// The same without CONFIG_DMA_RESTRICTED_POOL.
  var imageWithoutPools: String
  /// The version of Debian's package of the sources: `6.12.117-1~deb12u1`.
  var version: String

  /// The version of Linux alone: `6.12.117`.
  var release: String { String(version.prefix { $0 != "-" }) }

  /// Finds the kernels for some architectures, or has them made.
  ///
  /// - Throws: ``Failure`` where they can't be had; the script has said why.
  static func all(
    for architectures: [GuestArchitecture]
  ) throws -> [GuestArchitecture: GuestKernel] {
    let scratch = try ScratchDirectory()
    let output = scratch.path + "/kernels"
    // It removes what it unpacked when it is asked to end.
    let process = try TiedProcess(
      Repository.root + "/.ci/guest-kernel", architectures.map(\.rawValue),
      output: try .created(output), errors: .standardError, ending: SIGTERM)
    guard process.waitUntilExit() == 0 else { throw Failure("there is no kernel to boot") }
    let bytes = FileManager.default.contents(atPath: output) ?? Data()
    var kernels: [GuestArchitecture: GuestKernel] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let architecture = GuestArchitecture(rawValue: parts[0]) else {
        continue
      }
      kernels[architecture] = try GuestKernel(directory: parts[1])
    }
    for architecture in architectures where kernels[architecture] == nil {
      throw Failure(".ci/guest-kernel named no kernel for \(architecture.rawValue)")
    }
    return kernels
  }

  /// A kernel in a folder that the script made.
  ///
  /// - Throws: ``Failure`` where it doesn't say its version.
  init(directory: String) throws {
    image = directory + "/Image"
    imageWithoutPools = directory + "/Image-without-pools"
    guard let text = try? String(contentsOfFile: directory + "/VERSION", encoding: .utf8) else {
      throw Failure("\(directory)/VERSION can't be read")
    }
    version = text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A kernel, by its parts.
  init(image: String, imageWithoutPools: String, version: String) {
    self.image = image
    self.imageWithoutPools = imageWithoutPools
    self.version = version
  }
}

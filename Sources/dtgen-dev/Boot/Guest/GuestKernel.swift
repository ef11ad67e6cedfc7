import DTGenTestSupport
import Foundation

/// A kernel that `.ci/guest-kernel` made, with its twin that knows no restricted pools, or one of Debian's.
struct GuestKernel {
  /// The kernel.
  var image: String
  /// The same without CONFIG_DMA_RESTRICTED_POOL.
  var imageWithoutPools: String
  /// What is unpacked as its root; nil for a kernel that has that itself.
  var initrd: String?
  /// The firmware that hands it tables; nil where its machine brings that.
  var firmware: String?
  /// The version of Debian's package of the sources: `6.12.117-1~deb12u1`.
  var version: String

  /// Something here is broken, and not only missing; it has been said what.
  struct Broken: Error, CustomStringConvertible {
    var description: String { "there is no kernel to boot, because something is broken" }
  }

  /// The version of Linux alone: `6.12.117`.
  var release: String { String(version.prefix { $0 != "-" }) }

  /// Whether a kernel that says this of itself, as in `6.12.117-dtgen`, is of this version.
  func isNamed(by said: String) -> Bool {
    guard said.hasPrefix(release) else { return false }
    return said.dropFirst(release.count).first.map { !$0.isNumber && $0 != "." } ?? true
  }

  /// Finds the kernels for some architectures, or has them made.
  ///
  /// - Throws: ``Failure`` where they can't be had; the script has said why.
  static func all(
    for architectures: [GuestArchitecture]
  ) throws -> [GuestArchitecture: GuestKernel] {
    try all(for: architectures, of: ".ci/guest-kernel") { try GuestKernel(directory: $0) }
  }

  /// Finds Debian's own kernels for some architectures, or has them fetched.
  ///
  /// - Throws: ``Failure`` where they can't be had; the script has said why.
  static func stock(
    for architectures: [GuestArchitecture]
  ) throws -> [GuestArchitecture: GuestKernel] {
    try all(for: architectures, of: ".ci/guest-debian") { try GuestKernel(fetched: $0) }
  }

  private static func all(
    for architectures: [GuestArchitecture], of script: String,
    _ kernel: (String) throws -> GuestKernel
  ) throws -> [GuestArchitecture: GuestKernel] {
    if architectures.isEmpty { return [:] }
    let environment = ProcessInfo.processInfo.environment
    let places = ["DTGEN_GUEST_CACHE", "XDG_CACHE_HOME", "HOME"]
    guard places.contains(where: { environment[$0]?.isEmpty == false }) else {
      Terminal.note("error: neither HOME nor DTGEN_GUEST_CACHE says where kernels are kept")
      throw Broken()
    }
    let scratch = try ScratchDirectory()
    let output = scratch.path + "/kernels"
    // It removes what it unpacked when it is asked to end.
    let process = try TiedProcess(
      Repository.root + "/" + script, architectures.map(\.rawValue),
      output: try .created(output), errors: .standardError, ending: SIGTERM)
    switch process.waitUntilExit() {
    case 0: break
    case 2: throw Broken()
    default: throw Failure("there is no kernel to boot")
    }
    let bytes = FileManager.default.contents(atPath: output) ?? Data()
    var kernels: [GuestArchitecture: GuestKernel] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let architecture = GuestArchitecture(rawValue: parts[0]) else {
        continue
      }
      kernels[architecture] = try kernel(parts[1])
    }
    for architecture in architectures where kernels[architecture] == nil {
      throw Failure("\(script) named no kernel for \(architecture.rawValue)")
    }
    return kernels
  }

  /// A kernel in a folder that the script made.
  ///
  /// - Throws: ``Failure`` where it doesn't say its version.
  init(directory: String) throws {
    image = directory + "/Image"
    imageWithoutPools = directory + "/Image-without-pools"
    version = try Self.version(in: directory)
  }

  /// A kernel of Debian's, in a folder that the script made.
  ///
  /// - Throws: ``Failure`` where it doesn't say its version.
  init(fetched directory: String) throws {
    image = directory + "/vmlinuz"
    // Debian's have none.
    imageWithoutPools = image
    initrd = directory + "/initrd"
    let file = directory + "/firmware"
    firmware = FileManager.default.fileExists(atPath: file) ? file : nil
    version = try Self.version(in: directory)
  }

  private static func version(in directory: String) throws -> String {
    guard let text = try? String(contentsOfFile: directory + "/VERSION", encoding: .utf8) else {
      throw Failure("\(directory)/VERSION can't be read")
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// A kernel, by its parts.
  init(image: String, imageWithoutPools: String, version: String) {
    self.image = image
    self.imageWithoutPools = imageWithoutPools
    self.version = version
  }
}

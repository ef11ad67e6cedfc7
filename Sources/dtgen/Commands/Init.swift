import ArgumentParser
import Glibc

/// `dtgen init`: a first description.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a description to start from.",
    discussion: """
      The description is a QEMU guest whose two virtio devices are confined to a restricted DMA \
      pool. It builds as it is: dtgen build platform.swift
      """)

  @Argument(
    help: "The file to write; '-' is standard output.", completion: .file(extensions: ["swift"]))
  var file = "platform.swift"

  @Flag(help: "Replace a file that is there.")
  var force = false

  func run() throws {
    try reportingFailures {
      if file == "-" {
        StandardStream.output.write(Self.description)
        return .clean
      }
      if !force, access(file, F_OK) == 0 {
        throw Failure(.cannotWrite, "\(file): exists already; --force replaces it")
      }
      var output = OutputFiles()
      output.add(file, Array(Self.description.utf8))
      try output.write()
      StandardStream.output.write("wrote \(file); next: dtgen build \(file)\n")
      return .clean
    }
  }

  /// What is written; a test builds it.
  static let description = """
    import PlatformDescription

    /// The only guest memory the host may touch: virtio buffers bounce through it.
    let bounce = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))

    /// One global named `platform` is what a description defines; the rest is ordinary Swift.
    let platform = Platform("my-platform") {
      // QEMU's machine brings its address map: RAM, processors, interrupt controller, serial port.
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 2, memory: .gib(1)) {
        bounce
        // Each device takes the next free slot of the machine. Naming the pool confines it, and
        // makes VIRTIO_F_ACCESS_PLATFORM a feature that the VMM has to offer.
        VirtioMMIO(.block, memoryRegion: bounce)
        VirtioMMIO(.network(), memoryRegion: bounce)
        Chosen(bootArguments: "console=ttyAMA0")
      }
    }

    """
}

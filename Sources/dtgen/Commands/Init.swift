import ArgumentParser
import Glibc

/// `dtgen init`: a first description.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a description to start from.",
    discussion: """
      The description is a guest with two virtio devices, which are confined as the VMM can: to a \
      restricted DMA pool, by an IOMMU, or not at all. It builds as it is: dtgen build platform.swift
      """)

  @Argument(
    help: "The file to write; '-' is standard output.", completion: .file(extensions: ["swift"]))
  var file = "platform.swift"

  @Option(help: "The VMM's machine that it is for.")
  var machine = FirstDescription.qemuVirt

  @Flag(help: "Replace a file that is there.")
  var force = false

  func run() throws {
    try reportingFailures {
      let description = machine.text
      if file == "-" {
        StandardStream.output.write(description)
        return .clean
      }
      if !force, access(file, F_OK) == 0 {
        throw Failure(.cannotWrite, "\(file): exists already; --force replaces it")
      }
      var output = OutputFiles()
      output.add(file, Array(description.utf8))
      try output.write()
      StandardStream.output.write("wrote \(file); next: dtgen build \(file)\n")
      return .clean
    }
  }
}

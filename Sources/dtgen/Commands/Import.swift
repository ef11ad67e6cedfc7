import ArgumentParser
import DeviceTree
import Glibc
import PlatformImport

/// `dtgen import`: from a tree that somebody else made to a description of it.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Write the description that gives a device tree back.",
    discussion: """
      What the language has nouns for becomes those nouns, the rest is spelled out node by node. \
      dtgen build then emits the same nodes, properties and bytes; the numbers of phandles may be \
      others, except where something may know one by its number.

      To start from the machine that QEMU makes:

        qemu-system-aarch64 -M virt,gic-version=3,dumpdtb=virt.dtb -cpu cortex-a57 -net none
        dtgen import virt.dtb -o platform.swift
        dtgen build platform.swift -o out
      """)

  @Argument(
    help: "A flattened device tree; '-' is standard input.",
    completion: .file(extensions: ["dtb"]))
  var file: String

  @Option(
    name: .shortAndLong, help: "The file to write; '-' is standard output.",
    completion: .file(extensions: ["swift"]))
  var output = "platform.swift"

  @Option(
    help: """
      The name of the virtual machine, after which dtgen build names its files; that of the tree's \
      file unless you say otherwise.
      """)
  var name: String?

  @Flag(help: "Replace a file that is there.")
  var force = false

  @Flag(help: "Spell every node out, also those that the language has nouns for.")
  var raw = false

  @Flag(
    help: """
      Keep rng-seed and kaslr-seed of /chosen, which are drawn anew at each start and left out \
      otherwise.
      """)
  var seeds = false

  func validate() throws {
    if output.isEmpty { throw ValidationError("The name of the output is empty.") }
    if let name, !Self.isName(name) {
      throw ValidationError(
        "'\(name)' can't name a virtual machine; letters, digits, '-', '_' and '.' can.")
    }
  }

  func run() throws {
    try reportingFailures {
      if output != "-", !force, access(output, F_OK) == 0 {
        throw Failure(.cannotWrite, "\(output): exists already; --force replaces it")
      }
      let tree = try FlattenedTree(file: file)
      let imported = try describe(tree)
      if output == "-" {
        StandardStream.output.write(imported.source)
        return .clean
      }
      var files = OutputFiles()
      files.add(output, Array(imported.source.utf8))
      try files.refuseOverwriting([file])
      try files.write()
      StandardStream.output.write(
        "wrote \(output): \(imported.nodeCount) nodes, \(imported.rawNodeCount) of them spelled out; "
          + (imported.rawNodeCount > Self.many ? "compiling that many takes a while; " : "")
          + "next: dtgen build \(output) -o out\n")
      return .clean
    }
  }

  /// More raw nodes than compile within some seconds.
  private static let many = 2000

  private func describe(_ tree: FlattenedTree) throws(Failure) -> ImportedPlatform {
    var options = ImportOptions(
      name: name ?? Self.name(of: file), usesNouns: !raw, keepsSeeds: seeds)
    if file != "-" { options.origin = Self.lastPart(of: file) }
    do { return try ImportedPlatform(tree, options: options) } catch {
      throw Failure(
        error.isInternal ? .internalError : .badInput,
        "\(InputFile.name(of: file)): \(error.description)")
    }
  }

  private static func lastPart(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  /// The name of the file without its end, as far as it can be a name.
  private static func name(of file: String) -> String {
    var name = lastPart(of: file)
    if name.hasSuffix(".dtb") { name.removeLast(4) }
    return isName(name) ? name : "imported"
  }

  /// Whether `name` can name the files of a virtual machine.
  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-"),
      name.utf8.count <= 100
    else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
  }
}

import ArgumentParser
import VMMInterface

/// `dtgen capture qemu`: the tree, the tables and the features of a guest of QEMU's.
struct CaptureQEMU: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "qemu",
    abstract: "Take what a guest would see from a command line of QEMU.",
    discussion: """
      What follows '--' is the command line of a QEMU. It is started with its guest stopped, asked, and \
      ended; nothing of the guest runs, and nothing is written where something fails:

        dtgen capture qemu -o out -- qemu-system-aarch64 -M virt,gic-version=3 …
        dtgen check out/guest.dtb --features out/guest-features.json --guest-config config

      There come the device tree, NAME.dtb; the tables of ACPI, NAME-dsdt.aml and so on; and what each \
      virtio device offers, NAME-features.json: at the nodes of the tree, or where there is none at the devices of \
      the tables. Of a machine that has both, NAME-acpi-features.json says the same for the tables. They are \
      those that QEMU has before firmware has set up PCI, and may have other windows.
      """)

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("QEMU's command line, behind '--'.", valueName: "command"))
  var command: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The directory for what is captured.", valueName: "directory"),
    completion: .directory)
  var output = "."

  @Option(help: ArgumentHelp("How the names of files begin.", valueName: "name"))
  var name = "guest"

  @Option(
    name: .customLong("timeout"),
    help: ArgumentHelp("How long QEMU may take.", valueName: "seconds"))
  var patience = 10

  @Flag(name: .shortAndLong, help: "Don't list what was written.")
  var quiet = false

  func validate() throws {
    if command.isEmpty {
      throw ValidationError("Name QEMU's command line: dtgen capture qemu -- qemu-system-aarch64 …")
    }
    if command[0].isEmpty { throw ValidationError("The name of the program is empty.") }
    if output.isEmpty { throw ValidationError("The name of the directory is empty.") }
    if name.isEmpty || name.contains("/") || name.hasPrefix(".") {
      throw ValidationError("--name takes the beginning of a file's name.")
    }
    guard (1...3600).contains(patience) else {
      throw ValidationError("--timeout takes 1 to 3600 seconds.")
    }
  }

  func run() throws {
    var signal: Int32?
    try reportingFailures {
      switch try QEMUCapture(command: command, patience: patience).run() {
      case .interrupted(let number): signal = number
      case .captured(let machine): try write(machine)
      }
      return .clean
    }
    if let signal { GateOutcome.interrupted(signal: signal).leave() }
  }

  private func write(_ machine: CapturedMachine) throws(Failure) {
    let program = Path.name(of: command[0]).reportedPath
    var files: [(name: String, bytes: [UInt8])] = []
    if let tree = machine.tree { files.append(("\(name).dtb", tree)) }
    for (stem, table) in zip(QEMUTableFile.stems(of: machine.tables), machine.tables) {
      files.append(("\(name)-\(stem).aml", table))
    }
    if let features = try machine.features(name: program) {
      files.append(("\(name)-features.json", try JSONText.encode(features)))
    }
    if let features = try machine.featuresUnderACPI(name: program) {
      let stem = machine.tree == nil ? "features" : "acpi-features"
      files.append(("\(name)-\(stem).json", try JSONText.encode(features)))
    }
    try refuseOthers(besides: files.map(\.name))
    try OutputFiles.makeDirectory(output)
    var outputs = OutputFiles()
    for file in files { outputs.add("\(output)/\(file.name)", file.bytes) }
    try outputs.write()
    if quiet { return }
    for file in files {
      StandardStream.output.writeLine("wrote  \(output)/\(file.name)  \(file.bytes.count) bytes")
    }
  }

  /// Tables of another machine beside these would be taken for this one's.
  private func refuseOthers(besides names: [String]) throws(Failure) {
    guard let there = try? Directory.names(in: output) else { return }
    for other in there.sorted()
    where other.hasPrefix("\(name)-") && other.hasSuffix(".aml") && !names.contains(other) {
      throw Failure(
        .cannotWrite,
        "\("\(output)/\(other)".reportedPath): is no table of this machine, and would be taken for one; remove "
          + "it, or choose another directory or --name")
    }
  }
}

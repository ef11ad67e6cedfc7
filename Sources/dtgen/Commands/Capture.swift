import ArgumentParser

/// `dtgen capture`: takes what a guest would see from a VMM.
struct Capture: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capture",
    abstract: "Take the tree and the tables of a guest from its VMM, without starting it.",
    subcommands: [CaptureQEMU.self])
}

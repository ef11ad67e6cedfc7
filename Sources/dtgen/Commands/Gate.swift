import ArgumentParser

/// `dtgen gate`: starts a VMM, and its guest alone where it is judged right.
struct Gate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Start a VMM, and let its guest run only if it will work, and confined.",
    subcommands: [GateQEMU.self, GateCrosvm.self, GateLibvirt.self])
}

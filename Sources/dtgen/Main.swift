import ArgumentParser
import Glibc

/// The command.
@main
struct DTGen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dtgen",
    abstract: "Describe a VM's devices, emit what its guest will see, and say what it will do.",
    discussion: """
      A guest's devices must do their I/O, and only where they were told to. dtgen turns a \
      description in Swift into device trees, reads the bytes back as a Linux guest would, and \
      reports what the guest will do: which device may reach which memory, and every mistake that \
      would otherwise fail open without a line in the log.

      A first session:

        dtgen init                          write a description to start from
        dtgen build platform.swift -o out   emit the device trees, and judge them
        dtgen show out/guest.dtb            look at what the guest will see
        dtgen lint other.dtb                judge a tree that somebody else made
        dtgen check guest.dtb --guest NAME  hold a guest against its kernel, before it boots
        dtgen size guest.dtb --features F   how large its DMA pools have to be, and why
        dtgen gate qemu -- qemu-system-…    start a VM, unless its guest would fail, or leak
        dtgen capture qemu -- qemu-system-… take what its guest would see, and start nothing
        dtgen import other.dtb              write the description that gives it back
        dtgen explain dma/two-pools         all that there is to know of a finding

      The exit status is 0 without findings at or above --fail-on, 1 with them, and one of \
      sysexits.h for the rest: 64 usage, 65 an input is not what it claims to be, 66 an input is \
      missing, 69 something isn't installed, 70 a fault of dtgen, 73 an output can't be written, \
      75 the time for a run was over, 76 a VMM doesn't say what it should, 77 a gate let its guest not \
      through, 78 a policy or a baseline is wrong.
      """,
    version: Version.current,
    subcommands: [
      Build.self, Lint.self, Check.self, Size.self, Gate.self, Capture.self, BaselineCommand.self,
      Explain.self, Rules.self, Show.self, Import.self, Init.self,
    ])

  /// Runs the command that the command line names.
  static func main() {
    let arguments = Arguments.all
    do {
      if let request = LintRequest(plain: arguments) {
        try Lint.run(request)
      } else if let request = CheckRequest(plain: arguments) {
        try Check.run(request)
      } else if let request = GateRequest(plain: arguments) {
        try GateQEMU.run(request)
      } else if arguments.first == "build",
        let build = try? Build.parse(Array(arguments.dropFirst()))
      {
        // By itself: to look through all commands for it would take longer than to build from the cache.
        try build.run()
      } else {
        refuseDisguisedFile(in: arguments)
        return main(arguments)
      }
      Glibc.exit(ExitStatus.clean.rawValue)
    } catch let code as ExitCode {
      // ArgumentParser would write the help first, and print none of it.
      Glibc.exit(code.rawValue)
    } catch {
      exit(withError: error)
    }
  }

  private static func refuseDisguisedFile(in arguments: [String]) {
    guard let word = Arguments.disguisedFile(in: arguments) else { return }
    let name = word.reportedPath
    StandardStream.error.write(
      "dtgen: error: \(name) reads as options; if it is a file, write ./\(name)\n")
    Glibc.exit(ExitStatus.usage.rawValue)
  }
}

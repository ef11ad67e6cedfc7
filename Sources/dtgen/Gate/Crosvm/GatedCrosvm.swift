import DeviceTree
import VMMInterface

/// A crosvm behind a gate.
///
/// **Source:** crosvm `src/crosvm/cmdline.rs`, the commands `run` and `resume`; `aarch64/src/fdt.rs`, which
/// writes the tree before the guest is started.
struct GatedCrosvm: GatedVMM {
  let process: Companion
  private let program: String
  private let socket: String
  private let line: CrosvmCommandLine
  private let name: String
  private let limits: Limits
  private let patience: VMMPatience
  private let signals: TerminationSignals
  private let folder: TemporaryDirectory
  private var file: String { folder.path + "/tree" }

  /// Starts crosvm.
  ///
  /// - Throws: ``GateStop``.
  init(
    _ command: [String], _ line: CrosvmCommandLine, name: String, limits: Limits, patience: Int,
    _ signals: TerminationSignals
  ) throws(GateStop) {
    program = command[0]
    self.line = line
    self.name = name
    self.limits = limits
    self.signals = signals
    self.patience = VMMPatience(seconds: patience, consequence: "the guest was not started")
    do throws(SystemError) {
      folder = try TemporaryDirectory(Environment())
      var words = Array(command[..<line.start])
      if !line.isSuspended { words.append("--suspended") }
      words += ["--dump-device-tree-blob", folder.path + "/tree"]
      socket = line.socket ?? folder.path + "/control"
      if line.socket == nil { words += ["--socket", socket] }
      process = try Companion(words + command[line.start...], keeping: [], signals)
    } catch {
      throw .failure(Failure(.unavailable, "\(name): can't be started: \(error)"))
    }
  }

  /// Nobody can be asked; whoever resumes the guest by its control socket means to.
  func requireUnstarted() throws(GateStop) {}

  func machine() throws(GateStop) -> GatedMachine {
    try waitForTree()
    do throws(Failure) {
      return GatedMachine(
        tree: try GivenTree(in: file, name: name, limits: limits, isWhole: true), kernel: nil
      ) { view throws(CommandLineError) in try line.features(in: view) }
    } catch {
      throw .failure(error)
    }
  }

  /// Waits until the file is as long as the tree that begins in it says.
  private func waitForTree() throws(GateStop) {
    while true {
      if let bytes = try? InputFile.read(file, limit: limits.maximumSize), bytes.count >= 40 {
        // What is no tree is for its reader to refuse.
        if FlattenedTree.sizePromised(by: bytes) <= bytes.count { return }
      }
      switch process.next(until: min(Clock.milliseconds() + 2, patience.deadline)) {
      case .ended(let ending): throw .ended(ending)
      case .signal(let signal): throw .interrupted(signal: signal.number)
      case .readable: break
      case .timedOut:
        guard Clock.milliseconds() < patience.deadline else {
          throw failure("writes no tree for \(patience.seconds) s, which --timeout allows it")
        }
      }
    }
  }

  func go() throws(GateStop) -> Child.Ending? {
    let resume: Companion
    do throws(SystemError) {
      resume = try Companion([program, "resume", socket], keeping: [], signals)
    } catch {
      throw failure("can't be told to resume its guest: \(error)")
    }
    switch resume.next(until: patience.deadline) {
    case .ended(.exited(0)): return nil
    case .ended:
      // One that has ended meanwhile can't be told anything.
      if case .ended(let ending) = process.next(until: Clock.milliseconds()) {
        throw .ended(ending)
      }
      throw failure("doesn't resume its guest when it is told to")
    case .signal(let signal):
      resume.stop(isEnding: false)
      throw .interrupted(signal: signal.number)
    case .readable, .timedOut:
      resume.stop(isEnding: false)
      throw failure("doesn't answer for \(patience.seconds) s, which --timeout allows it")
    }
  }

  func quit() -> Bool { false }

  private func failure(_ what: String) -> GateStop {
    .failure(Failure(.protocolError, "\(name): \(what); \(patience.consequence)"))
  }
}

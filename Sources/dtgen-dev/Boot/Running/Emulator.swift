import DTGenTestSupport
import Foundation
import Glibc

/// Starts guests and reads what they say.
struct Emulator {
  /// The oldest QEMU whose machines the fixtures are for.
  private static let oldest = (7, 2)

  /// The kernels, by architecture.
  var kernels: [GuestArchitecture: GuestKernel]
  /// Debian's own kernels, for guests with tables.
  var stock: [GuestArchitecture: GuestKernel]
  /// What every disk holds at first.
  var disk: GuestDisk
  /// The folder that keeps the logs.
  var folder: String

  /// - Throws: what making the folder throws.
  init(
    kernels: [GuestArchitecture: GuestKernel], stock: [GuestArchitecture: GuestKernel] = [:],
    folder: String
  ) throws {
    self.kernels = kernels
    self.stock = stock
    self.folder = folder
    disk = GuestDisk()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// The version of an emulator, which has some seconds to say it.
  ///
  /// - Throws: ``Failure`` where it doesn't, or is too old or not installed.
  static func version(of tool: Tool) throws -> String {
    guard let path = tool.path else {
      throw Failure("\(tool.name) is not installed: \(tool.installer) \(tool.package)")
    }
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/version"
    let output = try FileHandle.created(file)
    let process = try TiedProcess(path, ["--version"], output: output, errors: output)
    let start = Clock.nanoseconds()
    while process.isRunning {
      usleep(5000)
      guard Double(Clock.nanoseconds() - start) / 1e9 < patienceForVersion else {
        process.kill()
        throw Failure("\(tool.name) doesn't say its version in \(Int(patienceForVersion)) s")
      }
    }
    let version = text(of: file).firstMatch(of: #/version ([0-9]+)\.([0-9]+)[0-9.]*/#)
    guard let version, let major = Int(version.1), let minor = Int(version.2) else {
      throw Failure("\(tool.name) doesn't say its version")
    }
    guard (major, minor) >= oldest else {
      throw Failure("\(tool.name) is too old: \(major).\(minor), and 7.2 is needed")
    }
    return String(version.0)
  }

  /// How many seconds an emulator has to say its version, on however busy a machine.
  private static let patienceForVersion = 20.0

  /// Boots one guest, and its peer beside it; `limit` is in seconds.
  ///
  /// - Throws: ``Failure`` where something can't be started, and what making the tree throws.
  func run(_ boot: BootCase, limit: Double) throws -> Outcome {
    let scratch = try ScratchDirectory()
    // It comes up first, so that it is there for all that the other one does.
    let peer = try boot.peer.map { peer in
      let beside = BootCase(
        name: boot.name + "-peer", tree: peer.tree, machine: peer.machine, devices: [],
        expectations: [])
      return try start(beside, scratch, window: scratch, hasPeer: true)
    }
    let guest = try start(
      boot, boot.peer == nil ? scratch : ScratchDirectory(), window: scratch, hasPeer: peer != nil)
    var outcome = try end(of: guest, limit: limit)
    outcome.peer = try peer.map { [try end(of: $0, limit: limit)] } ?? []
    return outcome
  }

  /// A guest that runs.
  private struct Guest {
    var boot: BootCase
    var kernel: GuestKernel
    var word: ReportWord
    var scratch: ScratchDirectory
    var server: BlockServer?
    var line: [String]
    var log: String
    var start: Int
    var process: TiedProcess

    /// The file of what QEMU complains of.
    static func errors(_ scratch: ScratchDirectory) -> String { scratch.path + "/errors" }
  }

  /// Starts a guest; `window` has the file of its shared memory.
  private func start(
    _ boot: BootCase, _ scratch: ScratchDirectory, window: ScratchDirectory, hasPeer: Bool
  ) throws -> Guest {
    guard let kernel = (boot.machine.hasTables ? stock : kernels)[boot.machine.architecture],
      let path = boot.emulator.path
    else {
      throw Failure("there is no kernel or no emulator for \(boot.machine.architecture.rawValue)")
    }
    let word = ReportWord.random()
    var arguments = try Self.arguments(
      of: boot, kernel, scratch, window: window.path + "/window"
    ) { path throws(Failure) in try word.put(into: path, hasPeer: hasPeer) }
    for (index, load) in boot.loads.enumerated() {
      let file = try scratch.write(load.bytes, to: "load\(index)")
      arguments += ["-device", "loader,file=\(file.asValue),addr=\(load.address),force-raw=on"]
    }
    var server: BlockServer?
    for (index, device) in boot.devices.enumerated() {
      let files = { (name: String) in "\(scratch.path)/\(name)\(index)" }
      if device.hasDisk { try disk.contents.write(to: URL(fileURLWithPath: files("disk"))) }
      if device.kind == .served {
        server = try BlockServer(
          disk: files("disk"), socket: files("socket"), output: files("served"))
      }
      arguments += device.arguments(index: index, files: files)
    }
    let log = folder + "/" + boot.name.replacing("/", with: "-") + ".log"
    let start = Clock.nanoseconds()
    var program = path
    if boot.isGated {
      let gate = try GateCommand(
        [path] + arguments, architecture: boot.machine.architecture,
        hasPools: boot.kernelHasPools, scratch)
      (program, arguments) = (gate.path, gate.arguments)
    }
    let process = try TiedProcess(
      program, arguments, output: try .created(log), errors: try .created(Guest.errors(scratch)))
    return Guest(
      boot: boot, kernel: kernel, word: word, scratch: scratch, server: server,
      line: [program] + arguments, log: log, start: start, process: process)
  }

  /// Waits for a guest, and says what came of it.
  private func end(of guest: Guest, limit: Double) throws -> Outcome {
    var outcome = Outcome(report: GuestReport(""))
    outcome.log = guest.log
    outcome.word = guest.word
    outcome.isTimedOut = wait(for: guest.process, guest.word, log: guest.log, limit: limit)
    if !guest.process.isRunning { outcome.status = guest.process.waitUntilExit() }
    outcome.seconds = Double(Clock.nanoseconds() - guest.start) / 1e9
    outcome.served = guest.server?.stop()
    outcome.report = GuestReport(Self.text(of: guest.log), word: guest.word)
    outcome.complaints = Self.text(of: Guest.errors(guest.scratch))
    outcome.hasReadWrongly = outcome.report.sums.values.contains { $0 != disk.sum }
    for (index, device) in guest.boot.devices.enumerated() where device.hasDisk {
      if disk.isWritten("\(guest.scratch.path)/disk\(index)") {
        outcome.writtenDisks += 1
      } else {
        outcome.wrongDisks.append(index)
      }
    }
    try Self.check(guest.kernel, outcome.report)
    try note(outcome, line: guest.line)
    return outcome
  }

  /// The command line of a guest, but for loads and devices.
  private static func arguments(
    of boot: BootCase, _ kernel: GuestKernel, _ scratch: ScratchDirectory, window: String,
    marked: (String) throws(Failure) -> Data
  ) throws -> [String] {
    if case .tables(let tables) = boot.tree {
      let initrd = try tables.initrd(before: marked(kernel.initrd ?? ""))
      return try boot.machine.arguments(
        kernel: kernel, initrd: scratch.write(initrd, to: "initrd"))
        + tables.arguments(scratch)
    }
    let tree = try scratch.write(try boot.tree.bytes(), to: "tree.dtb")
    let kept = boot.kernelHasPools ? kernel.image : kernel.imageWithoutPools
    let image = try scratch.write([UInt8](marked(kept)), to: "Image")
    if boot.isGated { return boot.machine.arguments(image: image, handingOver: tree) }
    let stub = try scratch.write(boot.machine.architecture.stub, to: "stub")
    return boot.machine.arguments(image: image, tree: tree, stub: stub, window: window)
  }

  /// A guest says which kernel it runs; one that says another isn't what the table would name.
  private static func check(_ kernel: GuestKernel, _ report: GuestReport) throws(Failure) {
    guard let said = report.guest["kernel"], !kernel.isNamed(by: said) else { return }
    throw Failure("the guest's kernel says that it is \(said), and it is kept as \(kernel.version)")
  }

  /// Puts behind the log what whoever reads it will want.
  private func note(_ outcome: Outcome, line: [String]) throws {
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: outcome.log))
    try handle.seekToEnd()
    var text = "\n# \(line.joined(separator: " "))\n"
    if !outcome.complaints.isEmpty { text += "# QEMU: \(outcome.complaints)\n" }
    if let served = outcome.served { text += "# served: \(served)\n" }
    text += "# \(outcome.ending)\(outcome.isTimedOut ? ", and its time was over" : "")\n"
    try handle.write(contentsOf: Data(text.utf8))
  }

  private static func text(of file: String) -> String {
    FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Waits until the guest has ended, or has said that it has or that it can't go on, or its time is over.
  ///
  /// - Returns: Whether its time was over.
  private func wait(
    for process: TiedProcess, _ word: ReportWord, log: String, limit: Double
  ) -> Bool {
    let start = Clock.nanoseconds()
    let mark = Data("\(word.text) end ".utf8)
    let panic = Data("Kernel panic - not syncing".utf8)
    var grown = start
    var length = 0
    var rest: Int?
    while process.isRunning {
      usleep(20_000)
      let now = Clock.nanoseconds()
      if let data = FileManager.default.contents(atPath: log), data.count > length {
        (length, grown) = (data.count, now)
        if data.range(of: mark, options: .backwards) != nil {
          rest = 500_000_000
        } else if data.range(of: panic) != nil {
          rest = Self.restOfPanic
        }
      }
      // A guest whose tree has no PSCI can't switch itself off, and one that panics before it knows its
      // machine can't restart it.
      if let rest, now - grown > rest {
        process.kill()
        return false
      }
      if Double(now - start) / 1e9 > limit {
        process.kill()
        return true
      }
    }
    return false
  }

  /// For how many nanoseconds a guest that has panicked has to be silent to be taken for dead: behind the
  /// panic come its registers and its stack.
  private static let restOfPanic = 2_000_000_000
}

extension BootCase {
  /// The program that runs it.
  var emulator: Tool { machine.architecture.emulator }
}

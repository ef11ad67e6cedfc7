import ArgumentParser
import DTGenTestSupport
import Foundation
import PlatformLint

/// `dtgen-dev boot-sweep`: how small a pool may be before a disk gets stuck in it.
struct BootSweep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boot-sweep",
    abstract: "Boot one disk in pools of several sizes, many times, and count when it got stuck.",
    discussion: "What dma/pool-too-small-for-block says comes from this.")

  @Argument(help: "The sizes of the pool, in KiB.")
  var sizes = [1024, 1280, 1408, 1536, 1664, 1792, 1920, 2048]

  @Option(help: "How often each is booted.")
  var times = 8

  @Option(help: "How many guests run at once.")
  var jobs = max(1, ProcessInfo.processInfo.activeProcessorCount)

  func run() throws {
    try Surroundings.prepare(jobs: jobs)
    let workshop = try BootWorkshop(isTied: false)
    defer { workshop.close() }
    try workshop.reserve(Boot.logs)
    _ = try Emulator.version(of: .qemuArm)
    let emulator = try Emulator(
      kernels: GuestKernel.all(for: [.arm64]), folder: Boot.logs)
    let boots = sizes.flatMap { size in
      (0..<times).map { BootCase(sweeping: size, $0) }
    }
    let rows = BootSession(emulator: emulator, jobs: jobs).run(boots)
    print("KiB    works  stuck  else")
    for (index, size) in sizes.enumerated() {
      let states = rows[index * times..<(index + 1) * times].map {
        $0.outcome?.report.device(Named.disk)?.result ?? "hung"
      }
      let works = states.filter { $0 == "ok" }.count
      let stuck = states.filter { $0 == "stuck" }.count
      print("\(size)   \(works)      \(stuck)      \(times - works - stuck)")
    }
  }
}

extension BootCase {
  /// One disk alone in a pool of `kib` KiB.
  fileprivate init(sweeping kib: Int, _ run: Int) {
    let text = """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x\(String(kib << 10, radix: 16))>;
      };
      &net {
        /delete-property/ memory-region;
      };
      """
    self.init(
      name: "sweep-\(kib)-\(run)", tree: .text(.virt, text), devices: [.mmio(.block, 0)],
      expectations: [])
  }
}

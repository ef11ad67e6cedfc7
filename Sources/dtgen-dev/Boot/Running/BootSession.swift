import Dispatch
import Foundation
import Glibc
import Synchronization

/// Runs boots, several at once, and the guests without their faults before them.
final class BootSession: Sendable {
  private let emulator: Emulator
  private let jobs: Int

  private let patience: Double

  init(emulator: Emulator, jobs: Int, patience: Double = BootSession.patience) {
    self.emulator = emulator
    self.jobs = jobs
    self.patience = patience
  }

  /// How long a guest that should come to its end may take, in seconds: many times what it needs.
  static let patience = 30.0
  /// How long one that should hang is watched at least.
  private static let shortest = 5.0

  /// Boots all of them, and gives the rows in the same order.
  func run(_ boots: [BootCase]) -> [BootRow] {
    var keys: Set<BootCase.TwinKey> = []
    let twins = boots.compactMap(\.twin).filter { keys.insert($0).inserted }.enumerated().map {
      BootCase(
        name: "without-a-fault-\($0.offset)", tree: $0.element.tree, machine: $0.element.machine,
        devices: $0.element.devices, expectations: [], twin: $0.element, peer: $0.element.peer)
    }
    let twinRows = concurrently(twins) { self.row(of: $0, twin: nil, isTwin: true) }
    let byKey = Dictionary(
      twinRows.compactMap { row in row.boot.twin.map { ($0, row) } }, uniquingKeysWith: { $1 })
    return concurrently(boots) { boot in
      let row = self.row(of: boot, twin: boot.twin.flatMap { byKey[$0] })
      Terminal.note(
        "\(row.agrees ? "agrees " : "DIFFERS")  \(boot.name)\(row.agrees ? "" : ": \(row.observed)")"
      )
      return row
    }
  }

  private func row(of boot: BootCase, twin: BootRow?, isTwin: Bool = false) -> BootRow {
    var row = BootRow(boot: boot, twin: twin?.outcome)
    do {
      // A row that is wrong itself isn't worth a boot; a twin is there to be compared with.
      if !isTwin, let fault = boot.fault { throw Failure(fault) }
      try RuleCheck.hold(boot)
      if let twin {
        if let failure = twin.failure { throw Failure("without the fault: \(failure)") }
        row.isTwinGood = Self.isGood(twin.outcome, for: boot)
      }
      let hangs = boot.expectations.contains { $0.isHang }
      // A hang is a guest that takes much longer than without its fault, on this machine and now.
      let usual = twin?.outcome?.seconds ?? Self.shortest
      let limit = hangs ? max(Self.shortest, 3 * usual + 2) * Self.slowness : patience
      row.outcome = try emulator.run(boot, limit: limit)
      // A busy machine makes guests slow, and their threads meet otherwise than they do in peace.
      let isLate = !hangs && row.outcome?.isTimedOut == true
      if !row.agrees, row.fault == nil, row.isTwinGood, isLate || Self.slowness > 2 {
        Terminal.note(
          "retried  \(boot.name): \(isLate ? "not at its end in \(Int(limit)) s" : row.observed), "
            + String(format: "with a load of %.1f", Self.load))
        row.tries = 2
        row.outcome = try emulator.run(boot, limit: 2 * limit)
      }
    } catch {
      row.failure = Self.words(of: error)
    }
    return row
  }

  /// An error, where Foundation's own is a dump of its fields.
  private static func words(of error: any Error) -> String {
    guard let error = error as? CocoaError else { return "\(error)" }
    return [error.filePath, error.localizedDescription].compactMap(\.self).joined(separator: ": ")
  }

  /// How many processes wait for a processor here, in the mean of a minute.
  private static var load: Double {
    var load = 0.0
    return getloadavg(&load, 1) == 1 ? load : 0
  }

  /// How much longer a guest takes than on a machine that is its own.
  private static var slowness: Double {
    min(max(1, load / Double(ProcessInfo.processInfo.activeProcessorCount)), 6)
  }

  /// Whether a guest without the fault works in all that the boot is about.
  private static func isGood(_ outcome: Outcome?, for boot: BootCase) -> Bool {
    guard let outcome, outcome.report.hasEnded, outcome.areDisksRight else { return false }
    return outcome.report.devices.allSatisfy { $0.result == "ok" || $0.result == "none" }
      && outcome.report.devices.count >= boot.devices.count
  }

  private func concurrently<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ body: @escaping @Sendable (Item) -> Result
  ) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: items.count))
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: min(jobs, max(items.count, 1))) { _ in
      while true {
        let index = next.withLock { next in
          defer { next += 1 }
          return next
        }
        guard index < items.count else { return }
        let result = body(items[index])
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}

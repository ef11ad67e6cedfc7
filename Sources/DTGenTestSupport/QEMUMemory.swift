import Foundation

/// Where QEMU has the RAM of a machine: `info mtree -f`, asked of a machine that isn't started.
///
/// **Source:** QEMU 7.2 `softmmu/memory.c`, `mtree_print_flatview`.
public final class QEMUMemory {
  /// A piece of RAM.
  public struct Piece: Hashable {
    /// The object that it is a piece of: `share1`.
    public var name: String
    /// The guest-physical addresses.
    public var range: ClosedRange<UInt64>

    /// A piece.
    public init(_ name: String, _ range: ClosedRange<UInt64>) {
      self.name = name
      self.range = range
    }
  }

  private let monitor: QEMUMonitor

  /// Starts QEMU, which waits.
  ///
  /// - Throws: ``Tool/Missing``, or ``QEMUTree/Failure`` with what QEMU said.
  public init(_ tool: Tool = .qemuArm, machine: String = "virt", arguments: [String]) throws {
    monitor = try QEMUMonitor(
      tool, ["-M", machine, "-S", "-display", "none", "-nodefaults", "-qmp", "stdio"] + arguments)
  }

  deinit { monitor.end() }

  /// The pieces that objects of the command line are, in ascending order.
  ///
  /// - Throws: ``QEMUTree/Failure`` with what QEMU said.
  public func pieces(of names: Set<String>) throws -> [Piece] {
    var pieces: [Piece] = []
    for line in try ask("info mtree -f").split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ")
      guard let range = words.first?.split(separator: "-"), range.count == 2,
        let first = UInt64(range[0], radix: 16), let last = UInt64(range[1], radix: 16),
        let name = line.range(of: "ram): ").map({ line[$0.upperBound...] })?.split(separator: " ")
          .first.map(String.init), names.contains(name), first <= last
      else { continue }
      // The same view stands there once for each of its users.
      let piece = Piece(name, first...last)
      if !pieces.contains(piece) { pieces.append(piece) }
    }
    return pieces.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The 32 bits at the guest-physical `address`, as the guest's processors have them.
  ///
  /// - Throws: ``QEMUTree/Failure`` with what QEMU said.
  public func word(at address: UInt64) throws -> UInt32? {
    try ask("xp /1wx 0x\(String(address, radix: 16))").split(separator: ":").last.flatMap {
      UInt32($0.trimmingCharacters(in: .whitespacesAndNewlines).dropFirst(2), radix: 16)
    }
  }

  private func ask(_ line: String) throws -> String {
    try monitor.ask("human-monitor-command", ["command-line": line]) as? String ?? ""
  }
}

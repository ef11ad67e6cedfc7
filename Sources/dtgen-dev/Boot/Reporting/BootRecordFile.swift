import DTGenTestSupport
import Foundation
import PlatformLint

/// The file of PlatformLint that says which rules were booted.
struct BootRecordFile {
  static let path = "Sources/PlatformLint/Catalogue/BootProof+Record.swift"

  private var proofs: [String: BootProof]

  /// What the rows prove: a rule each of whose boots went as predicted.
  ///
  /// What is known of the rules `kept` stays, where no row is about them.
  /// A proof with the same kernel keeps its day, so that recording again changes nothing.
  init(
    rows: [BootRow], kernels: [GuestArchitecture: GuestKernel],
    stock: [GuestArchitecture: GuestKernel] = [:], keeping kept: [String] = [],
    today: String = Self.today
  ) {
    proofs = [:]
    for rule in kept { proofs[rule] = BootProof.of(rule) }
    let byRule = Dictionary(grouping: rows.filter { $0.boot.rule != nil }) { $0.boot.rule ?? "" }
    for (rule, rows) in byRule {
      proofs[rule] = nil
      guard rows.allSatisfy(\.agrees) else { continue }
      let machine = rows[0].boot.machine
      guard let kernel = (machine.hasTables ? stock : kernels)[machine.architecture] else {
        continue
      }
      let known = BootProof.of(rule)
      proofs[rule] =
        known?.kernel == kernel.release
        ? known : BootProof(kernel: kernel.release, date: today)
    }
  }

  /// The text of the file.
  var text: String {
    let entries = proofs.sorted { $0.key < $1.key }.map { rule, proof in
      "    \"\(rule)\": BootProof(kernel: \"\(proof.kernel)\", date: \"\(proof.date)\"),"
    }
    let list = entries.isEmpty ? "[:]" : "[\n\(entries.joined(separator: "\n"))\n  ]"
    return """
      // Written by `dtgen-dev boot --record`.

      extension BootProof {
        /// The rules whose prediction was seen in a guest, by id.
        static let record: [String: BootProof] = \(list)
      }

      """
  }

  /// Writes it, and says so.
  ///
  /// - Throws: what writing throws.
  func write() throws {
    try text.write(toFile: Repository.root + "/" + Self.path, atomically: true, encoding: .utf8)
    Terminal.note("\(proofs.count) rules are in \(Self.path); now: dtgen-dev bless RulePageTests")
  }

  private static var today: String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "yyyy-MM-dd"
    return formatter.string(from: Date())
  }
}

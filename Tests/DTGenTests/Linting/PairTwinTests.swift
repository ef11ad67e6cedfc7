import DTGenTestSupport
import Foundation
import Testing

/// Trees of the platforms that share memory, each with one fault put into its bytes: the description is out of reach.
@Suite(
  "a fault in the bytes of machines that share memory", .requiresDistribution, .requires(.fdtput))
struct PairTwinTests {
  /// One fault, and what is found of it.
  struct Twin: Sendable, CustomTestStringConvertible {
    var platform: String
    /// What fdtput is told, one call each: the tree comes first.
    var edits: [[String]]
    /// The rules that find it as an error or a warning, besides what is found without the fault.
    var rules: Set<String>
    var share: String?

    var testDescription: String {
      "\(platform): \(edits.map { $0.joined(separator: " ") }.joined(separator: "; "))"
    }
  }

  private static let rings = "/reserved-memory/vrings@50000000"

  private static func pair(
    _ edits: [String]..., rules: Set<String>, share: String? = nil
  ) -> Twin {
    Twin(platform: "static-share", edits: edits, rules: rules, share: share)
  }

  static let twins = [
    pair(
      ["secondary", "-t", "x", rings, "reg", "0", "52000000", "0", "1000000"],
      rules: ["shared/address-differs", "memory/region-unit-address-differs"]),
    pair(
      ["primary", "-t", "x", rings, "reg", "0", "50000000", "0", "800000"],
      rules: ["shared/size-differs"]),
    pair(["secondary", "-r", rings], rules: ["shared/nothing-shared"]),
    pair(["secondary", "-r", rings], rules: ["shared/party-missing"], share: "vrings"),
    pair(["secondary", "-t", "s", rings, "status", "disabled"], rules: ["shared/nothing-shared"]),
    pair(
      ["secondary", "-t", "s", rings, "compatible", "restricted-dma-pool"],
      ["secondary", "-d", rings, "no-map"],
      rules: ["shared/backend-region-is-pool", "dma/pool-outside-memory"]),
    pair(
      ["secondary", "-d", rings, "reg"],
      ["secondary", "-t", "x", rings, "size", "0", "1000000"], rules: ["shared/dynamic-region"]),
    pair(
      ["secondary", "-t", "s", rings, "compatible", "shared-dma-pool"],
      ["secondary", "-d", rings, "no-map"], ["secondary", rings, "reusable"],
      rules: ["shared/backend-allocates"]),
    pair(
      ["secondary", "-t", "s", rings, "compatible", "shared-dma-pool"],
      rules: ["shared/backend-write-combines"]),
    pair(
      ["primary", "-t", "x", rings, "reg", "0", "50001000", "0", "1000000"],
      ["secondary", "-t", "x", rings, "reg", "0", "50001000", "0", "1000000"],
      rules: [
        "shared/granule-misaligned", "dma/pool-loosely-aligned",
        "memory/region-unit-address-differs",
      ]),
    pair(
      ["primary", "-d", "/virtio_mmio@a000000", "memory-region"],
      ["primary", "-d", "/virtio_mmio@a000200", "memory-region"], rules: ["dma/unused-pool"]),
    pair(
      ["primary", "-t", "s", rings, "status", "disabled"],
      rules: ["dma/disabled-memory-region", "shared/nothing-shared"]),
  ]

  @Test("is found from them alone, for its own reason", arguments: twins)
  func twin(twin: Twin) throws {
    let scratch = try ScratchDirectory()
    let source = Repository.fixtures + "/platforms/\(twin.platform)/platform.swift"
    let built = try Command.run(["build", source, "-q", "-o", "."], in: scratch)
    #expect(built.status == 0, "\(built.text)")
    let without = try rules(scratch, twin)
    for edit in twin.edits {
      // Options stand in front of the file.
      let options =
        edit[1].hasPrefix("-t") ? Array(edit[1...2]) : edit[1].hasPrefix("-") ? [edit[1]] : []
      let result = try Tool.fdtput.run(
        options + [edit[0] + ".dtb"] + edit.dropFirst(1 + options.count), directory: scratch.path)
      #expect(result.status == 0, "\(result.text)")
    }
    #expect(try rules(scratch, twin).subtracting(without) == twin.rules)
  }

  private func rules(_ scratch: ScratchDirectory, _ twin: Twin) throws -> Set<String> {
    var arguments = [
      "lint", "--no-policy", "--pair", "primary.dtb", "secondary.dtb", "--format", "json",
    ]
    if let share = twin.share { arguments += ["--share", share] }
    let result = try Command.run(arguments, in: scratch)
    let document = try TreeDirectory.document(result)
    let files = document["files"] as? [[String: Any]] ?? []
    return Set(
      files.flatMap { $0["findings"] as? [[String: Any]] ?? [] }.compactMap {
        $0["rule"] as? String
      })
  }
}

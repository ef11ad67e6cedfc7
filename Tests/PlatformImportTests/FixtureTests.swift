import DTGenTestSupport
import DeviceTree
import Foundation
import PlatformDescription
import PlatformImport
import PlatformLowering
import Testing

/// What this language describes, it recognises.
@Suite("importing the trees of our own fixtures")
struct FixtureTests {
  static let models: [String] = {
    let directory = Repository.fixtures + "/platforms"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory))?.sorted() ?? []
    return names.filter { name in
      let expected = "\(directory)/\(name)/expected"
      // Guests with ACPI tables alone have no tree to import.
      let files = (try? FileManager.default.contentsOfDirectory(atPath: expected)) ?? []
      return files.contains("\(name).json") && files.contains { $0.hasSuffix(".dts") }
    }
  }()

  private func trees(_ name: String) throws -> [[UInt8]] {
    let path = Repository.fixtures + "/platforms/\(name)/expected/\(name).json"
    let platform = try Platform(json: [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    let lowering = Lowering(platform)
    #expect(lowering.mistakes.isEmpty)
    return try lowering.machines.map { try $0.tree.flattened() }
  }

  @Test("gives them back", arguments: models)
  func roundTrip(name: String) throws {
    let trees = try trees(name)
    #expect(!trees.isEmpty)
    for tree in trees {
      #expect(try RoundTrip(tree).differences == [])
      #expect(try RoundTrip(tree, options: ImportOptions(usesNouns: false)).differences == [])
    }
  }

  @Test("says with nouns what was said with nouns")
  func nouns() throws {
    let tree = try #require(try trees("protected-guest").first)
    let trip = try RoundTrip(tree, options: ImportOptions(name: "guest"))
    #expect(trip.imported.rawNodeCount == 0)
    let model = trip.imported.platform.virtualMachines[0]
    #expect(
      Set(model.elements.map(\.noun)) == [
        "memory", "cpus", "psci", "gicv3", "archTimer", "pl011", "virtioMMIO", "chosen",
      ])
    guard case .memory(let memory) = model.elements[0] else {
      Issue.record("memory doesn't come first")
      return
    }
    #expect(memory.regions.map(\.noun) == ["restrictedDMAPool"])
  }
}

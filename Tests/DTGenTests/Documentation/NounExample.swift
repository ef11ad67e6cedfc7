import DTGenTestSupport
import DeviceTree
import Foundation
import PlatformDescription
import PlatformLowering

/// The example of a noun in `fixtures/nouns`, and what dtgen makes of it.
struct NounExample {
  /// What is shown of what comes out.
  enum Shown {
    /// The nodes that values of the noun became.
    case own
    /// These nodes.
    case nodes([String])
    /// The properties of the root.
    case root
    /// The names of all nodes.
    case outline
    /// The names of the files.
    case files
    /// The entries of the memory reservation block.
    case reservations
    /// What the VMM has to offer, which no tree says.
    case devices
    /// What the VMM of a machine that it describes has to offer.
    case offers
    /// These nodes of every machine that has them, each under the name of its file.
    case ofEveryMachine([String])

    /// Whether there is no tree to show.
    var isOfOffers: Bool { if case .offers = self { true } else { false } }
  }

  /// What is shown where a noun becomes no node of its own.
  private static let shown: [String: Shown] = [
    "Platform": .files, "VirtualMachine": .root, "Machine": .outline,
    "MemoryReservation": .reservations, "MemoryRegion": .nodes(["/reserved-memory"]),
    "Interrupt": .nodes(["/virtio@a000000"]), "Hart": .nodes(["/cpus"]),
    "MMIOSlots": .nodes(["/virtio@a000000", "/virtio@a000200"]), "VirtioDevice": .devices,
    "Virtqueue": .devices, "VirtioCCW": .offers, "VirtioFeature": .devices,
    "GPIOLine": .nodes(["/gpio-keys"]),
    "Window": .nodes(["/pcie@4010000000"]), "Alias": .nodes(["/aliases"]),
    "IOMMUDomain": .nodes(["/iommu@9050000", "/ethernet@c000000"]),
    "Chosen": .nodes(["/chosen"]), "CPUs": .nodes(["/cpus"]), "Property": .nodes(["/values"]),
    "SharedMemory": .ofEveryMachine(["/reserved-memory/vrings@50000000"]),
    "SharedMemoryRole": .ofEveryMachine(["/reserved-memory/log@50000000"]),
    "Cell": .nodes(["/clock-32768", "/sensor"]), "Label": .nodes(["/display", "/panel"]),
  ]

  /// The nouns that have one.
  static let nouns: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: Repository.fixtures + "/nouns")) ?? [])
    .sorted().map { String($0.prefix { $0 != "." }) }

  let noun: String
  /// The description.
  let description: String
  /// The exit status of a build that fails on any finding, and what was said.
  let status: Int32
  let report: String
  private let scratch: ScratchDirectory

  /// Builds the example of `noun`.
  init(_ noun: String) throws {
    self.noun = noun
    let path = Repository.fixtures + "/nouns/\(noun).swift"
    description = try String(contentsOfFile: path, encoding: .utf8)
    scratch = try ScratchDirectory()
    try scratch.write(Array(description.utf8), to: "platform.swift")
    // Headers that the compiler has read once it need not read again.
    let modules = Repository.root + "/.build/test-modules"
    for directory in [modules, scratch.path + "/cache/dtgen"] {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/cache/dtgen/modules", withDestinationPath: modules)
    let kinds =
      description.contains("firmware: .acpi")
      ? "aml,asl,json" : Self.shown[noun]?.isOfOffers == true ? "features,json" : "dtb,dts,json"
    let result = try Command.run(
      ["build", "platform.swift", "-o", "out", "--emit", kinds, "--fail-on", "note"], in: scratch)
    status = result.status
    report = result.errors + result.text
  }

  /// What comes out, as the page shows it.
  func output() throws -> String {
    guard let model = file(ending: ".json") else { return "" }
    let platform = try Platform(json: Array(model.text.utf8))
    if let text = file(ending: ".asl")?.text { return Self.devices(in: text) }
    let lowering = Lowering(platform)
    if Self.shown[noun]?.isOfOffers == true {
      return lowering.offers.flatMap(\.devices).map(Self.words).joined(separator: "\n")
    }
    let machines = lowering.machines
    guard let text = file(ending: ".dts")?.text, let machine = machines.first else { return "" }
    let source = NodeText(text)
    switch Self.shown[noun] ?? .own {
    case .own:
      let places = Self.places(of: noun, in: platform)
      let paths = source.paths.filter {
        guard let location = machine.origins.declaration(at: $0)?.location else { return false }
        return places.contains(location)
      }
      return source.nodes(paths)
    case .nodes(let paths): return source.nodes(paths)
    case .root: return source.rootProperties
    case .outline: return source.outline
    case .files: return files.filter { $0.hasSuffix(".dtb") }.joined(separator: "\n")
    case .reservations: return source.reservations
    case .ofEveryMachine(let paths):
      return files.filter { $0.hasSuffix(".dts") }.map { file in
        let text = String(decoding: scratch.read("out/" + file) ?? [], as: UTF8.self)
        return "// \(file)\n" + NodeText(text).nodes(paths)
      }.joined(separator: "\n\n")
    case .devices, .offers: return machine.devices.map(Self.words).joined(separator: "\n")
    }
  }

  /// The devices of an SSDT, without what they stand in.
  private static func devices(in text: String) -> String {
    let depth = String(repeating: " ", count: 8)
    return text.split(separator: "\n").filter { $0.hasPrefix(depth) }.map { $0.dropFirst(8) }
      .joined(separator: "\n")
  }

  private var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out")) ?? []).sorted()
  }

  private func file(ending: String) -> (name: String, text: String)? {
    guard let name = files.first(where: { $0.hasSuffix(ending) }),
      let bytes = scratch.read("out/" + name)
    else { return nil }
    return (name, String(decoding: bytes, as: UTF8.self))
  }

  /// The lines on which values of `noun` were written, wherever they are in `value`.
  private static func places(of noun: String, in value: Any) -> Set<SourceLocation> {
    var places: Set<SourceLocation> = []
    if let declared = value as? any Declared, String(describing: type(of: value)) == noun,
      let location = declared.declaration.location
    {
      places.insert(location)
    }
    for child in Mirror(reflecting: value).children {
      places.formUnion(Self.places(of: noun, in: child.value))
    }
    return places
  }

  private static func words(_ device: LoweredDevice) -> String {
    let queues = device.queues.map { "\($0.name) of \($0.size)" }.joined(separator: ", ")
    let features = device.features.map { $0.name(on: device.deviceID) }.joined(separator: ", ")
    return """
      \(device.path): device type \(device.deviceID)
        queues:   \(queues)
        features: \(features)
      """
  }
}

import PlatformDescription

/// Why a command line doesn't say what its devices offer.
public struct CommandLineError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong: lower case, no full stop.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Reads which virtio devices a command line of QEMU makes, and what they offer.
///
/// What can't be told is an error: a device that is passed over would be judged without its features.
///
/// **Source:** QEMU 7.2 `softmmu/vl.c`, `qemu-options.hx`, `hw/virtio/virtio-{mmio,pci}.c`, `hw/arm/virt.c`.
public struct QEMUCommandLine: Sendable {
  /// The devices, in the order of the command line.
  public private(set) var devices: [QEMUDevice] = []
  /// The board; nil where `-M` names none that is known here.
  public private(set) var board: QEMUBoard?

  private var isLegacyMMIO = true
  private var globals: [(driver: String, property: String, value: String)] = []
  private var takenSlots: Set<Int> = []
  private var takenFunctions: Set<UInt16> = [0]

  /// Reads a command line; its first word is the program's name.
  ///
  /// - Throws: ``CommandLineError`` where it doesn't say what its devices offer.
  public init(_ words: [String]) throws(CommandLineError) {
    guard let program = words.first?.split(separator: "/").last else {
      throw CommandLineError("the command line is empty")
    }
    guard program.hasPrefix("qemu-system-") else {
      throw CommandLineError(
        "'\(program)' is no qemu-system-…; the devices of another program aren't known here")
    }
    if let reason = Self.reasonNotToCheck(words) { throw CommandLineError(reason) }
    let options = try QEMUOptions(Array(words.dropFirst()))
    try options.requireDevicesInWords()
    board = Self.board(program: String(program), machine: options.machine)
    for option in options.all where option.name == "global" { try takeGlobal(option.value) }
    if options.hasDefaultNIC { try addUsualNIC() }
    for option in options.all {
      switch option.name {
      case "device": try add(option.value)
      case "drive": try addDrive(option.value)
      case "nic": try addNIC(option.value)
      default: break
      }
    }
  }

  /// Why there is nothing that the devices of this command line could be held against; nil where there is a
  /// tree, or may be.
  public static func reasonNotToCheck(_ words: [String]) -> String? {
    guard let program = words.first?.split(separator: "/").last else { return nil }
    let reason =
      "there is nothing to check its devices against; dtgen build --emit features writes what they have to offer"
    switch program {
    case "qemu-system-s390x":
      return "\(program): its guests ask the channel subsystem, and have no description: \(reason)"
    case "qemu-system-ppc64":
      return
        "\(program): its guests have a tree that QEMU and its firmware make when they start, and no other: \(reason)"
    default: return nil
    }
  }

  private static func board(program: String, machine: String?) -> QEMUBoard? {
    let name = machine?.split(separator: ",").first.map { part in
      part.hasPrefix("type=") ? String(part.dropFirst(5)) : String(part)
    }
    switch program {
    case "qemu-system-aarch64" where name == "virt" || name?.hasPrefix("virt-") ?? false:
      return .arm64Virt
    case "qemu-system-riscv64" where name == "virt": return .riscv64Virt
    case "qemu-system-x86_64" where name == "microvm": return .microvm
    default: return nil
    }
  }

  /// What the first bus of a machine's PCI host is called.
  static let rootBuses: Set<String> = ["pcie.0", "pci.0", "pcie.0.0"]

  /// Whether a machine's first bus is called so.
  public static func isRootBus(_ name: String) -> Bool { rootBuses.contains(name) }

  private mutating func takeGlobal(_ value: String) throws(CommandLineError) {
    // DRIVER.PROPERTY=VALUE, or driver=…,property=…,value=….
    let pairs = QEMUOptions.pairs(value)
    if let driver = pairs.first(where: { $0.key == "driver" })?.value,
      let property = pairs.first(where: { $0.key == "property" })?.value,
      let setting = pairs.first(where: { $0.key == "value" })?.value
    {
      globals.append((driver, property, setting))
    } else if let equals = value.firstIndex(of: "="),
      let dot = value[..<equals].firstIndex(of: ".")
    {
      globals.append(
        (
          String(value[..<dot]), String(value[value.index(after: dot)..<equals]),
          String(value[value.index(after: equals)...])
        ))
    } else {
      throw CommandLineError("-global \(value) can't be read")
    }
    if let last = globals.last, last.driver == "virtio-mmio", last.property == "force-legacy" {
      isLegacyMMIO = try QEMUOptions.isOn(last.value, "-global \(value)")
    }
  }

  private mutating func add(_ text: String) throws(CommandLineError) {
    let pairs = QEMUOptions.pairs(text, first: "driver")
    guard let name = pairs.first(where: { $0.key == "driver" })?.value else {
      throw CommandLineError("-device \(text) names no device")
    }
    guard name.hasPrefix("virtio-") || name.hasPrefix("vhost-") else { return }
    let full = Self.alias(name)
    guard let (model, isPCI) = QEMUModel.named(full) else {
      throw CommandLineError("what -device \(name) offers isn't known here")
    }
    var settings: [String: String] = [:]
    for global in globals
    where [full, model.stem, "virtio-device", "virtio-pci"].contains(global.driver) {
      settings[global.property] = global.value
    }
    for pair in pairs { settings[pair.key] = pair.value }
    let place = try isPCI ? function(settings, text) : slot(settings, text)
    devices.append(
      QEMUDevice(
        model: name, place: place, deviceID: model.deviceID,
        features: try features(of: model, settings, text, isPCI: isPCI)))
  }

  /// What QEMU takes a name without a transport for.
  ///
  /// **Source:** QEMU 7.2 `softmmu/qdev-monitor.c`, `qdev_alias_table`.
  private static func alias(_ name: String) -> String {
    QEMUModel.named(name) == nil && QEMUModel.named(name + "-pci") != nil ? name + "-pci" : name
  }

  private func features(
    of model: QEMUModel, _ settings: [String: String], _ text: String, isPCI: Bool
  ) throws(CommandLineError) -> [Int] {
    var bits = model.always
    for feature in model.allSwitches {
      var isOn = feature.isOnByDefault
      if let value = settings[feature.property] {
        isOn = try QEMUOptions.isOn(value, "\(feature.property) of -device \(text)")
      }
      if isOn { bits.insert(feature.bit) } else { bits.remove(feature.bit) }
    }
    if model.deviceID == 2, Int(settings["num-queues"] ?? "") ?? 1 > 1 { bits.insert(12) }
    if model.deviceID == 3, Int(settings["max_ports"] ?? "") ?? 31 > 1 { bits.insert(1) }
    let isLegacy =
      isPCI
      ? try settings["disable-modern"].map { value throws(CommandLineError) in
        try QEMUOptions.isOn(value, "disable-modern of -device \(text)")
      } ?? false : isLegacyMMIO
    // A driver of the drafts sees 32 bits.
    return isLegacy ? bits.filter { $0 < 32 }.sorted() : bits.union([32]).sorted()
  }

  private mutating func slot(
    _ settings: [String: String], _ text: String
  ) throws(CommandLineError) -> QEMUDevice.Place {
    guard let board else {
      throw CommandLineError(
        "-device \(text): where this machine has its windows for virtio-mmio isn't known here")
    }
    if let bus = settings["bus"] {
      guard bus.hasPrefix("virtio-mmio-bus."), let slot = Int(bus.dropFirst(16)),
        board.address(ofSlot: slot) != nil
      else { throw CommandLineError("-device \(text): there is no bus \(bus)") }
      takenSlots.insert(slot)
      return .slot(slot)
    }
    // The last bus that was made is the first to be looked at.
    guard let slot = (0..<board.slotCount).reversed().first(where: { !takenSlots.contains($0) })
    else { throw CommandLineError("-device \(text): no window for virtio-mmio is left") }
    takenSlots.insert(slot)
    return .slot(slot)
  }

  private mutating func function(
    _ settings: [String: String], _ text: String
  ) throws(CommandLineError) -> QEMUDevice.Place {
    if let bus = settings["bus"], !Self.rootBuses.contains(bus) {
      throw CommandLineError(
        "-device \(text): behind a bridge, whose bus number isn't known before the guest has set it"
      )
    }
    guard let address = settings["addr"] else { return .function(nextFunction()) }
    let parts = address.split(separator: ".", omittingEmptySubsequences: false)
    // QEMU reads both as hexadecimal, with or without 0x.
    let numbers = parts.map { part in
      UInt16(part.hasPrefix("0x") ? part.dropFirst(2) : part, radix: 16)
    }
    guard (1...2).contains(parts.count), let device = numbers[0], device < 32,
      let function = numbers.count == 2 ? numbers[1] : 0, function < 8
    else { throw CommandLineError("-device \(text): 'addr=\(address)' is no device and function") }
    takenFunctions.insert(device << 3 | function)
    return .function(device << 3 | function)
  }

  private mutating func nextFunction() -> UInt16 {
    let free = stride(from: UInt16(8), to: 256, by: 8).first { first in
      !takenFunctions.contains { $0 & ~7 == first }
    }
    let function = free ?? 0
    takenFunctions.insert(function)
    return function
  }

  private mutating func addDrive(_ text: String) throws(CommandLineError) {
    let pairs = QEMUOptions.pairs(text)
    let interface = pairs.first { $0.key == "if" }?.value
    guard interface == "virtio" || interface == nil && board != .microvm && board != nil else {
      return
    }
    try add("virtio-blk-pci")
  }

  /// A card of the kind that the machine usually has; the others have one that isn't virtio's, or none.
  private mutating func addUsualNIC() throws(CommandLineError) {
    if board == .arm64Virt { try add("virtio-net-pci") }
  }

  private mutating func addNIC(_ text: String) throws(CommandLineError) {
    guard !text.hasPrefix("none") else { return }
    let model = QEMUOptions.pairs(text).first { $0.key == "model" }?.value
    guard let model else { return try addUsualNIC() }
    if model.hasPrefix("virtio") { try add(model == "virtio" ? "virtio-net-pci" : model) }
  }
}

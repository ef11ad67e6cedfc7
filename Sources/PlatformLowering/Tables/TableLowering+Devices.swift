import ACPI
import PlatformDescription

extension TableLowering {
  /// A device that is spelled out.
  mutating func lower(_ noun: ACPIDevice, _ name: NameSegment) {
    let location = noun.declaration.location
    for id in [noun.hardwareID] + noun.compatibleIDs where !Self.isHardwareID(id) {
      mistake(
        "description/invalid-name", "'\(id)' is no hardware id", at: location,
        help: "write three letters and four hexadecimal digits, PNP0501, or four of each, LNRO0005")
    }
    var device = DeviceDraft(
      name: name, hardwareID: noun.hardwareID, compatibleIDs: noun.compatibleIDs,
      uid: takeUID(of: noun.hardwareID), isCoherent: noun.dmaCoherent, location: location)
    setResources(noun.memory, noun.interrupts, of: &device)
    var subnodes = SubnodeNames()
    add(noun.content, to: &device.properties, &subnodes, replacing: false, at: location)
    check(device, noun.declaration)
    append(device, noun.declaration, subnodes: subnodes)
  }

  /// A node that is spelled out: Linux finds its driver by `compatible`.
  mutating func lower(_ noun: Node, _ name: NameSegment) {
    let location = noun.declaration.location
    if noun.size != nil, noun.at == nil {
      mistake(
        "description/no-place", "a node with a size needs an address", at: location,
        help: "say 'at:' too")
    }
    var device = DeviceDraft(
      name: name, hardwareID: "PRP0001", uid: takeUID(of: "PRP0001"), isCoherent: true,
      location: location)
    var memory: [AddressRange] = []
    if let at = noun.at, let size = noun.size { memory = [AddressRange(at: at, size: size)] }
    setResources(memory, noun.interrupt.map { [$0] } ?? [], of: &device)
    var subnodes = SubnodeNames()
    add(noun.content, to: &device.properties, &subnodes, replacing: false, at: location)
    check(device, noun.declaration)
    append(device, noun.declaration, subnodes: subnodes)
  }

  /// Whether a device that is found by `compatible` has one, of something that does anything.
  ///
  /// **Source:** Linux `drivers/acpi/bus.c`, `acpi_init_of_compatible`.
  private mutating func check(_ device: DeviceDraft, _ declaration: Declaration) {
    let stated = declaration.additions.contains {
      if case .property(let property) = $0 { property.name == "compatible" } else { false }
    }
    let compatible = device.properties.entries.first { $0.name == "compatible" }
    if ([device.hardwareID] + device.compatibleIDs).contains("PRP0001"), compatible == nil, !stated
    {
      mistake(
        "description/no-compatible", "a PRP0001 device is found by 'compatible', and has none",
        at: device.location, help: "add Property(\"compatible\", …) to its braces")
    }
    if case .string("restricted-dma-pool")? = compatible?.value {
      mistake(
        "description/no-effect-under-acpi",
        "a pool has no effect here: under ACPI Linux ties no device to one, and uses its memory itself",
        at: device.location, help: "describe the machine with a device tree")
    }
  }

  /// **Source:** ACPI 6.5, section 6.1.5.
  private static func isHardwareID(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let letters = bytes.count - 4
    guard letters == 3 || letters == 4 else { return false }
    let isUpper = { (byte: UInt8) in (0x41...0x5a).contains(byte) }
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    return bytes.prefix(letters).allSatisfy { isUpper($0) || letters == 4 && isDigit($0) }
      && bytes.suffix(4).allSatisfy { isDigit($0) || (0x41...0x46).contains($0) }
  }
}

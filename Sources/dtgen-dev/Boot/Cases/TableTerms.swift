import ACPI

/// A disk in the first window of one of QEMU's machines, in the words of a description and in AML.
enum TableTerms {
  /// The first window of a machine: its address, and its interrupt as the description writes it and as
  /// AML has it.
  private static func place(
    on machine: GuestMachine
  ) -> (at: UInt64, interrupt: String, number: UInt32) {
    machine.architecture == .x86_64
      ? (0xfeb0_0000, ".gsi(16, .levelHigh)", 16) : (0x0a00_0000, ".spi(16, .levelHigh)", 48)
  }

  /// The disk as a noun.
  static func line(on machine: GuestMachine, interrupt: String? = nil) -> String {
    let place = place(on: machine)
    return
      "VirtioMMIO(.block, at: 0x\(String(place.at, radix: 16)), "
      + "interrupt: \(interrupt ?? place.interrupt), acpi: .prp0001)"
  }

  /// The disk as a raw node, with what else it is to be.
  static func node(
    on machine: GuestMachine, window: Int = 0, compatible: String = "virtio,mmio",
    hasInterrupt: Bool = true
  ) -> String {
    let place = place(on: machine)
    let address = String(place.at + UInt64(window) * 0x200, radix: 16)
    return """
      Node("virtio", at: 0x\(address), size: .bytes(0x200)\
      \(hasInterrupt ? ", interrupt: " + place.interrupt : "")) {
        Property("compatible", "\(compatible)")
      }
      """
  }

  /// The properties that Linux finds the driver by.
  static let properties: [Term] = [
    .package([.string("compatible"), .string("virtio,mmio")])
  ]

  /// The disk in AML, with what else it is to be.
  static func disk(
    on machine: GuestMachine, name: NameSegment = "D000", isWide: Bool = false,
    uuid: UUID = .deviceProperties, properties: [Term] = Self.properties, status: UInt64? = nil,
    statusMethod: [Term]? = nil, interrupt: UInt32? = nil
  ) -> [Term] {
    [
      .scope(
        "\\_SB",
        [
          device(
            on: machine, name: name, isWide: isWide, uuid: uuid, properties: properties,
            status: status, statusMethod: statusMethod, interrupt: interrupt)
        ])
    ]
  }

  /// The disk as a device by itself.
  ///
  /// `resources` stand for its `_CRS`, or `computed` for a method that returns it, and `more` behind it. Without an id it
  /// has none.
  static func device(
    on machine: GuestMachine, name: NameSegment = "D000", id: String? = "PRP0001",
    isWide: Bool = false, uuid: UUID = .deviceProperties, properties: [Term] = Self.properties,
    status: UInt64? = nil, statusMethod: [Term]? = nil, statusArguments: UInt8 = 0,
    interrupt: UInt32? = nil, mode: InterruptMode = .levelHigh, resources: Term? = nil,
    computed: [Term]? = nil, more: [Term] = []
  ) -> Term {
    let place = place(on: machine)
    let memory: ResourceDescriptor =
      isWide
      ? .addressSpace(
        AddressSpaceDescriptor(
          .quadWord, .memory(.nonCacheable), minimum: place.at, length: 0x200, isConsumer: true))
      : .memory32Fixed(isWritable: true, base: UInt32(place.at), length: 0x200)
    let usual: Term = .resources([
      memory, .interrupt(ExtendedInterrupt([interrupt ?? place.number], mode: mode)),
    ])
    var terms: [Term] = id.map { [.name("_HID", .string($0))] } ?? []
    terms += [
      .name("_UID", .integer(0)), .name("_CCA", .integer(1)),
      computed.map { .method(Method("_CRS", argumentCount: 0, body: $0)) }
        ?? .name("_CRS", resources ?? usual),
      .name("_DSD", .package([.uuid(uuid), .package(properties)])),
    ]
    if let status { terms.append(.name("_STA", .integer(status))) }
    if let statusMethod {
      terms.append(
        .method(Method("_STA", argumentCount: statusArguments, body: statusMethod)))
    }
    return .device(NamePath(name), terms + more)
  }
}

public import ACPI
public import GuestView

/// Tables that a rule finds something in, or nothing: a test and a paragraph of its page.
///
/// They are written by this package's own writer and shown as its ASL. What a writer refuses is done to
/// the bytes afterwards, and told in words.
public struct TableExample: Sendable {
  /// What else the guest is given.
  public enum Base: String, Sendable, Hashable {
    /// Nothing.
    case none
    /// The `APIC` of an arm64 guest with a GICv3.
    case arm64
    /// The same with an ITS.
    case arm64WithITS
    /// The `APIC` of a RISC-V guest.
    case riscv64
    /// The `APIC` of a PC with one I/O APIC, of 24 inputs.
    case x86
  }

  /// What else the guest is given.
  public let base: Base
  /// The tables, as they are shown.
  public let tables: [[UInt8]]
  /// Where something is found: `\_SB.VIO0: _CRS[1]`, as a report has it.
  public let places: [String]
  /// What was done to the bytes: a sentence; nil where nothing was.
  public let note: String?
  /// What the devices offer; nil for a rule that isn't about it.
  public var features: DeviceFeatures?
  /// The kernel; nil for a rule that isn't about it.
  public var guest: GuestConfiguration?
  /// The command line of the kernel; nil for a rule that isn't about it.
  public var kernelArguments: String?

  /// Tables as they are.
  public init(
    in base: Base = .arm64, at places: [String] = [], tables: [[UInt8]], note: String? = nil
  ) {
    self.base = base
    self.tables = tables
    self.places = places
    self.note = note
  }

  /// Objects in `\_SB`, in an SSDT.
  public init(
    in base: Base = .arm64, at places: [String] = [], _ terms: [Term],
    with others: [[UInt8]] = [], note: String? = nil,
    edit: (inout [UInt8]) -> Void = { _ in }
  ) {
    var bytes = Self.written { () throws(ACPIError) in
      try DefinitionBlock.ssdt("EXAMPLE", [.scope("\\_SB", terms)]).bytes()
    }
    edit(&bytes)
    Self.sum(&bytes)
    self.init(in: base, at: places, tables: [bytes] + others, note: note)
  }

  /// What the writer makes; nothing where it refuses, which a test finds.
  static func written(_ write: () throws(ACPIError) -> [UInt8]) -> [UInt8] {
    (try? write()) ?? []
  }

  /// Makes the checksum of a table right.
  static func sum(_ bytes: inout [UInt8]) {
    guard bytes.count > 9 else { return }
    bytes[9] = 0
    bytes[9] = 0 &- bytes.reduce(0, &+)
  }

  /// What the guest gets: the tables that are shown in one file, and the others.
  public func view() throws(ACPIError) -> TablesView {
    var members = [TableSet.Member(try TableFile(tables.flatMap(\.self)), name: "example.aml")]
    if let madt = base.madt {
      members.append(TableSet.Member(try TableFile(try madt.bytes()), name: "base.aml"))
    }
    return TablesView(
      TableSet(members), features: features, guest: guest,
      kernelArguments: kernelArguments)
  }

  /// The same tables, where these are known of the machine.
  func with(
    features: [DeviceFeatures.Device]? = nil, guest: GuestConfiguration? = nil,
    kernelArguments: String? = nil
  ) -> TableExample {
    var copy = self
    copy.features = features.map(DeviceFeatures.init)
    copy.guest = guest
    copy.kernelArguments = kernelArguments
    return copy
  }
}

extension TableExample.Base {
  fileprivate var madt: MADT? {
    switch self {
    case .none: nil
    case .arm64:
      MADT([
        .gicd(id: 0, address: 0x0800_0000, version: 3), .gicc(GICC(uid: 0, mpidr: 0)),
        .gicr(address: 0x080a_0000, length: 0x2_0000),
      ])
    case .arm64WithITS:
      MADT((Self.arm64.madt?.entries ?? []) + [.its(id: 0, address: 0x0808_0000)])
    case .riscv64: MADT([.rintc(flags: 1, hartID: 0, uid: 0)])
    case .x86:
      MADT(
        localAPICAddress: 0xfee0_0000,
        [
          .localAPIC(uid: 0, id: 0, flags: 1),
          .ioAPIC(id: 0, address: 0xfec0_0000, firstInterrupt: 0),
        ])
    }
  }
}

public import DeviceTree
public import PlatformDescription

/// Turns a platform into device trees, ACPI tables and what devices offer: everything that a description leaves to be derived is
/// decided here, and nowhere else.
///
/// Phandles, cell counts, unit addresses, `ranges`, interrupt specifiers, `_UID`s and free slots are
/// allocated in the order of the description, so that one description has one tree
/// and one set of tables.
public struct Lowering: Sendable {
  /// The machines that could be lowered, in the order of the description.
  public var machines: [LoweredMachine]
  /// The tables of those machines that have any, in the order of the description.
  public var tables: [LoweredTables]
  /// What is offered to the guests of those machines whose VMM describes them, in the order of the description.
  public var offers: [LoweredOffer]
  /// What the description says that no tree can express: of single machines in the order of the
  /// description, then of the memory that they share.
  public var mistakes: [Mistake]

  /// Lowers every machine of `platform`.
  ///
  /// A machine with a mistake is left out of ``machines``; the mistakes of all are collected.
  ///
  /// - Parameters:
  ///   - platform: The platform.
  ///   - bases: The trees that machines will be merged onto, by the names of the machines: a computed pool
  ///     lies in their memory, and goes around what is there.
  ///   - options: How tables are written, and of which machines.
  ///   - whole: The platform with all its machines, where `platform` has only those that are wanted:
  ///     what machines share is judged by all of them.
  public init(
    _ platform: Platform, bases: [String: Tree] = [:],
    tables options: TableOptions = TableOptions(), of whole: Platform? = nil
  ) {
    machines = []
    tables = []
    offers = []
    mistakes = []
    if platform.virtualMachines.isEmpty {
      mistakes.append(
        Mistake(
          "description/no-machine", "the platform '\(platform.name)' has no virtual machine",
          at: platform.location, help: "put a VirtualMachine into its braces"))
    }
    let everyoneHasTables =
      options.includesTrees
      && platform.virtualMachines.allSatisfy { $0.hasTree || $0.isDescribedByVMM }
    var names: [String: SourceLocation?] = [:]
    var streams: [String: [StreamUse]] = [:]
    for machine in platform.virtualMachines {
      let location = machine.declaration.location
      if !Self.isFileName(machine.name) {
        mistakes.append(
          Mistake(
            "description/invalid-name",
            "'\(machine.name)' can't name a virtual machine: its files are named after it",
            at: location, help: "use letters, digits, '-', '_' and '.'"))
      } else if let first = names[machine.name] {
        mistakes.append(
          Mistake(
            "description/duplicate-name", "two virtual machines are named '\(machine.name)'",
            at: location, related: [.init("the first is here", at: first)]))
      }
      names[machine.name] = .some(location)
      if machine.isDescribedByVMM {
        var lowering = OfferLowering(machine)
        let lowered = lowering.lower()
        mistakes += lowering.mistakes
        if let lowered { offers.append(lowered) }
        continue
      }
      if machine.hasTree {
        var lowering = MachineLowering(machine)
        lowering.hasTables = everyoneHasTables
        let lowered = lowering.lower(base: bases[machine.name])
        mistakes += lowering.mistakes
        if let lowered, lowering.mistakes.isEmpty {
          machines.append(lowered)
          streams[machine.name] = lowering.streams
        }
      }
      if !machine.hasTree || everyoneHasTables {
        var lowering = TableLowering(machine, options)
        let lowered = lowering.lower()
        // What is wrong in both worlds is said once.
        mistakes += lowering.mistakes.filter { !mistakes.contains($0) }
        if let lowered { tables.append(lowered) }
      }
    }
    let sharing = SharingCheck(whole ?? platform)
    mistakes += sharing.mistakes
    machines.removeAll { sharing.machines.contains($0.name) }
    tables.removeAll { sharing.machines.contains($0.name) }
    offers.removeAll { sharing.machines.contains($0.name) }
    let domains = DomainCheck(whole ?? platform, uses: streams)
    mistakes += domains.mistakes
    machines.removeAll { domains.machines.contains($0.name) }
  }

  /// Whether `name` is a file name that no shell and no file system trips over.
  private static func isFileName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-")
    else { return false }
    return name.utf8.count <= 100
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
      }
  }
}

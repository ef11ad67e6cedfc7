import ACPI
import PlatformDescription

extension TableLowering {
  /// Notes what a part accepts, which became the device at `path`, an entry of a table, or nothing.
  mutating func noteAllowances(of element: Element, became path: NamePath?) {
    note(element.declaration, path, element.table)
    if case .pciHostBridge(let host) = element { noteAllowances(of: host.content, in: path) }
  }

  /// Functions are asked for by the bus: what is found of them is found of their host.
  private mutating func noteAllowances(of content: [PCIContent], in host: NamePath?) {
    for part in content {
      switch part {
      case .window: break
      case .virtioPCI(let noun): note(noun.declaration, host, nil)
      case .pciFunction(let noun): note(noun.declaration, host, nil)
      case .virtioIOMMU(let noun): note(noun.declaration, host, nil)
      case .pciBridge(let noun):
        note(noun.declaration, host, nil)
        noteAllowances(of: noun.content, in: host)
      }
    }
  }

  private mutating func note(_ declaration: Declaration, _ path: NamePath?, _ table: String?) {
    for allowance in declaration.allowances {
      allowances.append((path, table, allowance, declaration.location))
    }
  }

  /// The findings that are accepted: those of the machine, and of its parts in their order.
  var accepted: [LoweredTables.AcceptedFinding] {
    let own = machine.declaration.allowances.map {
      LoweredTables.AcceptedFinding(
        path: "\\", allowance: $0, location: machine.declaration.location)
    }
    return own
      + allowances.map { path, table, allowance, location in
        LoweredTables.AcceptedFinding(
          path: path.map { writtenPath(of: $0).description } ?? (isComplete ? table : nil),
          allowance: allowance, location: location)
      }
  }
}

extension Element {
  /// The table that tells of what becomes no device.
  fileprivate var table: String? {
    switch self {
    case .cpus, .gicv2, .gicv3: "APIC"
    case .archTimer: "GTDT"
    case .psci: "FACP"
    case .smmuv3: "IORT"
    default: nil
    }
  }
}

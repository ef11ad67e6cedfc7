import PlatformLint

/// What the kernel's log is held against.
enum LogPrediction {
  /// What the rule says: its line, that of its example, or silence.
  case asStated
  /// A line in other words, where the rule's stands for several: `*` is anything.
  case line(String)
  /// Nothing is asked of the log, for a reason.
  case any(because: String)
}

extension BootCase {
  /// A boot of a rule's wrong example, or of `text` with the same fault, where the example can't be
  /// told apart from a guest that works or has more than one fault.
  static func rule(
    _ id: String, example index: Int = 0, text: String? = nil, in base: Example.Base? = nil,
    twin: BootTree? = nil, on machine: GuestMachine? = nil, twinOn: GuestMachine? = nil,
    with devices: [GuestDevice]? = nil, twinWith twinDevices: [GuestDevice]? = nil,
    loads: [Load] = [], log: LogPrediction = .asStated,
    _ expectations: Prediction...
  ) -> BootCase {
    let rule = RuleCatalogue.rule(id)
    let tree: BootTree = text.map { .text(base ?? .virt, $0) } ?? .example(rule: id, index)
    let ground = text == nil ? rule?.bad[index].base ?? .virt : base ?? .virt
    let devices = devices ?? ground.devices
    let machine = machine ?? ground.machine
    var all = expectations
    switch log {
    case .asStated: all.append(stated(by: rule))
    case .line(let text): all.append(.logs(text))
    case .any: break
    }
    var name = id
    if text != nil { name += " (text)" } else if index > 0 { name += " #\(index)" }
    return BootCase(
      name: name, tree: tree, machine: machine, devices: devices, expectations: all, rule: id,
      twin: TwinKey(
        tree: twin ?? .text(ground, ""), machine: twinOn ?? machine, devices: twinDevices ?? devices
      ),
      loads: loads)
  }
}

extension BootCase {
  /// What a rule says of the kernel's log.
  static func stated(by rule: (any Rule.Type)?) -> Prediction {
    (rule?.logLine ?? rule?.logExample).map { .logs($0) } ?? .silent
  }
}

extension Example.Base {
  /// The machine that the base describes.
  var machine: GuestMachine {
    switch self {
    case .none, .virt, .pci, .bare, .protected, .firecracker, .cloudHypervisor: .virt
    case .iommu: .virt.options("gic-version=3,iommu=smmuv3")
    case .riscv: .riscv
    }
  }

  /// The devices that it describes, and on its PCI host a disk.
  var devices: [GuestDevice] {
    let windows: [GuestDevice] = [.mmio(.block, 0), .mmio(.network, 1)]
    switch self {
    case .none, .virt: return windows
    case .pci, .iommu: return windows + [.pci(.block, "1")]
    case .bare, .protected, .firecracker, .cloudHypervisor: return []
    case .riscv: return [.mmio(.block, 0)]
    }
  }
}

/// The names of what the bases of examples have.
enum Named {
  static let disk = "virtio@a000000"
  static let net = "virtio@a000200"
  /// A device that an example adds, in the third window.
  static let third = "virtio@a000400"
  /// The disk on the PCI host.
  static let function = "0000:00:01.0"
  static let serial = "/serial@9000000"
  static let bounce = "restricted-dma-pool@5f000000"
  /// The disk of the base for RISC-V.
  static let riscvDisk = "virtio@10001000"
}

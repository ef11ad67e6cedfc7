import DeviceTree
import Diagnostics
import GuestView

/// The registers of a virtio device that another machine serves are a device in one of them.
enum TransportInBoth: PairRule {
  static let id = "shared/transport-in-both"
  static let severity = Severity.warning
  static let summary =
    "both machines have a virtio device at the address of one that uses shared memory"
  static let rationale = """
    The frontend's driver sits behind the device's registers, the backend's device in front of them. Where \
    the backend's tree describes a virtio,mmio device there as well, its kernel binds a driver too, and \
    two drivers wait for a device.
    """
  static let consequence =
    "the backend's kernel finds no device there, or resets the one that it is to serve"
  static let help = "take the node out of the tree of the backend"
  static let exceptions = """
    Windows that each machine's VMM serves by itself, as those of two machines of QEMU are: allow the \
    finding, or move one of them.
    """
  static let sources = [
    Source.linux("drivers/virtio/virtio_mmio.c", "virtio_mmio_probe"), .virtio("4.2.2"),
  ]
  static let goodPairs = [PairExamples.pair]
  static let badPairs = [
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        more: """
          / {
            virtio@a000200 {
              compatible = "virtio,mmio";
              reg = <0x0 0xa000200 0x0 0x200>;  // finding
              interrupts = <0 17 1>;
              dma-coherent;
            };
          };
          """),
    ])
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    if view.shares.isEmpty { return }
    let all = view.machines.map { windows(in: $0.view) }
    for share in view.shares {
      for backend in share.backends {
        let seen = view.machine(of: backend).view
        let windows = all[backend.machine]
        if windows.isEmpty { continue }
        for frontend in share.frontends {
          let own = view.machine(of: frontend).view
          for device in frontend.devices where device.kind == .virtioMMIO {
            guard let range = own.registers(of: device.node).first?.range,
              let twin = windows[range], let reg = twin.node.property("reg"),
              let cells = seen.registers(of: twin.node).first?.cells
            else { continue }
            report(
              "a device that uses \(share.name) is described here too",
              at: .tree(backend.machine, .element(reg, 0, cells: cells)), found: "\(range)",
              expected: "a device in \(view.machine(of: frontend).name) alone",
              related: [PairParty("is the device", at: .tree(frontend.machine, .device(device)))])
          }
        }
      }
    }
  }

  /// The virtio-mmio devices of a machine by their windows; looked up, never walked.
  private static func windows(in view: GuestView) -> [AddressRange: DMADevice] {
    var windows: [AddressRange: DMADevice] = [:]
    for device in view.virtioMMIO {
      if let range = view.registers(of: device.node).first?.range { windows[range] = device }
    }
    return windows
  }
}

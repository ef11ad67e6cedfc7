import DeviceTree
import Diagnostics
import GuestView

/// The interrupts of a device go to a controller that the guest has a driver for.
enum DeadInterruptController: Rule {
  static let id = "guest/dead-interrupt-controller"
  static let severity = Severity.error
  static let summary = "the interrupt controller of devices is disabled, or no driver knows it"
  static let rationale = """
    An interrupt can be set up only once the driver of its controller has registered itself. Devices \
    whose controller never does wait for it for ever.
    """
  static let consequence = "no device behind the controller comes up"
  static let logLine: String? = "deferred probe pending: (reason unknown)"
  static let help = "enable the controller, and write its compatible as the binding has it"
  static let exceptions = """
    Controllers behind which no virtio device and no PCI host has its interrupts, and a RISC-V CPU's own, \
    which has a rule of its own. Those that are chained to another one, but for a CPU's, are not held \
    against a list of drivers.
    """
  static let sources = [
    Source.linux("drivers/of/irq.c", "of_irq_init", "of_irq_get"),
    .linux("drivers/virtio/virtio_mmio.c", "vm_find_vqs"),
    .linux("drivers/base/dd.c", "deferred_probe_timeout_work_func"),
  ]
  static let silencedBy: [any Rule.Type] = [NoInterruptController.self]
  static let good = [
    Example(
      in: .riscv,
      """
      &plic {
        status = "okay";
      };
      """)
  ]
  static let bad = [
    Example(in: .riscv, "&plic {\n  status = \"disabled\";  // finding\n};"),
    Example(in: .riscv, "&plic {\n  compatible = \"riscv,plic\";  // finding\n};"),
    Example(
      in: .riscv,
      """
      &hart {
        riscv,isa = "rv64imafdc_ssaia";
      };
      / {
        soc {
          imsic: imsics@28000000 {
            compatible = "riscv,imsics";
            reg = <0x0 0x28000000 0x0 0x1000>;
            interrupt-controller;
            #interrupt-cells = <0>;
            msi-controller;
            interrupts-extended = <&intc 9>;
            riscv,num-ids = <255>;
            status = "disabled";  // finding
          };
          aplic: aplic@d000000 {
            compatible = "riscv,aplic";
            reg = <0x0 0xd000000 0x0 0x8000>;
            interrupt-controller;
            #interrupt-cells = <2>;
            riscv,num-sources = <96>;
            msi-parent = <&imsic>;
          };
        };
      };
      &disk {
        interrupt-parent = <&aplic>;
        interrupts = <1 4>;
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    struct Loss {
      var fault: ControllerFault
      var devices: [FlattenedTree.Node]
    }
    var losses: [Int: Loss] = [:]
    for device in view.dmaDevices where device.kind != .pciFunction {
      switch device.outcome {
      case .absent(because: .controllerDisabled), .absent(because: .controllerUnknown): break
      default: continue
      }
      let controllers =
        device.kind == .virtioMMIO
        ? view.interrupts(of: device.node).prefix(1).map(\.controller)
        : view.interruptMap(of: device.node)?.rows.prefix(1).map(\.parent) ?? []
      guard let fault = controllers.first.flatMap(view.fault(ofController:)),
        !(fault.node.parent?.property("device_type")?.isString("cpu") ?? false)
      else { continue }
      losses[fault.node.index, default: Loss(fault: fault, devices: [])].devices.append(device.node)
    }
    for loss in losses.values.sorted(by: { $0.fault.node.index < $1.fault.node.index }) {
      let count = loss.devices.count
      report(
        ControllerFaults.message(
          loss.fault, of: " of " + (count == 1 ? loss.devices[0].name : "\(count) devices")),
        at: ControllerFaults.spot(loss.fault, view),
        found: ControllerFaults.found(loss.fault, view),
        expected: ControllerFaults.expected(loss.fault),
        related: loss.devices.prefix(4).map { Party("has its interrupts there", at: .node($0)) })
    }
  }
}

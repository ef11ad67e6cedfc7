import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

/// The preset against the tree that QEMU itself writes.
@Suite("the preset of QEMU's virt machine for riscv64")
struct QEMUVirtRISCV64Tests {
  struct Shape: CustomTestStringConvertible, Sendable {
    var controller: Machine.RISCVInterruptController
    var qemu: QEMUTree
    var machine: Machine { .qemuVirtRISCV64(interruptController: controller) }

    init(_ controller: Machine.RISCVInterruptController, _ harts: Int, _ mebibytes: UInt64) {
      self.controller = controller
      let aia =
        switch controller {
        case .plic: "none"
        case .aplic: "aplic"
        case .aplicIMSIC: "aplic-imsic"
        }
      qemu = QEMUTree(aia: aia, cpus: harts, mebibytes: mebibytes)
    }

    var testDescription: String { qemu.description }
  }

  /// RAM up to where the window behind it moves, and beyond.
  static let sizes: [UInt64] = [128, 3072, 8192, 14_336, 14_337, 524_288]

  static let shapes = Machine.RISCVInterruptController.allCases.flatMap { controller in
    [1, 2, 8, 16, 17, 123, 200].map { Shape(controller, $0, 1024) }
      + sizes.map { Shape(controller, 2, $0) }
  }

  @Test("agrees with the dumped tree node by node", .requires(.qemuRISCV), arguments: shapes)
  func agrees(shape: Shape) throws {
    let lowered = try lower(
      shape.machine, cpus: shape.qemu.cpus, mebibytes: shape.qemu.mebibytes, slots: 8)
    TreeComparison(
      ours: lowered, theirs: try FlattenedTree(shape.qemu.dump()), leftOut: shape.machine.leftOut,
      oursAlone: [
        "riscv,isa-base": "QEMU writes it since 8.2",
        "riscv,isa-extensions": "QEMU writes it since 8.2",
        "riscv,delegation": "the binding's name for riscv,delegate",
      ],
      theirsAlone: [
        "dma-coherent": "what devices of riscv64 are unless they say otherwise",
        "riscv,delegate": "no property of the binding, and read by nobody",
        "riscv,ipi-id": "no property of the binding, and no longer written by QEMU",
      ]
    ).expectAgreement()
  }

  @Test("refuses as many harts as QEMU refuses", .requires(.qemuRISCV))
  func tooManyHarts() throws {
    let shape = Shape(.plic, 513, 1024)
    #expect(throws: QEMUTree.Failure.self) { try shape.qemu.dump() }
    let lowering = lowering(shape.machine, cpus: 513, mebibytes: 1024, slots: 0)
    #expect(lowering.mistakes.map(\.id) == ["description/too-many-cpus"])
  }

  @Test("has 8 slots and no more")
  func tooManyDevices() {
    let lowering = lowering(.qemuVirtRISCV64(), cpus: 1, mebibytes: 1024, slots: 9)
    #expect(lowering.mistakes.map(\.id) == ["description/no-slot-left"])
  }
}

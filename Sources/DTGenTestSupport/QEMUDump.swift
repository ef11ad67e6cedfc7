/// The device tree that QEMU writes for some command line.
public struct QEMUDump: Sendable, CustomStringConvertible {
  /// The program.
  public var tool: Tool
  /// The machine type with its properties: `virt,gic-version=3`.
  public var machine: String
  /// What else is on the command line.
  public var arguments: [String]

  /// A dump of an arm64 machine.
  public static func arm64(_ machine: String, _ arguments: String...) -> QEMUDump {
    QEMUDump(tool: .qemuArm, machine: machine, arguments: arguments)
  }

  /// A dump of a riscv64 machine.
  public static func riscv64(_ machine: String, _ arguments: String...) -> QEMUDump {
    QEMUDump(tool: .qemuRISCV, machine: machine, arguments: arguments)
  }

  /// The command line, without what it has for the dump alone.
  public var description: String {
    ([tool.name, "-M", machine] + arguments).joined(separator: " ")
  }

  /// QEMU's bytes.
  ///
  /// `DISK` in an argument stands for the path of an empty image.
  ///
  /// - Throws: ``Tool/Missing``, or ``QEMUTree/Failure`` with what QEMU said.
  public func bytes() throws -> [UInt8] {
    let scratch = try ScratchDirectory()
    let disk = try scratch.write([UInt8](repeating: 0, count: 1 << 16), to: "disk.img")
    let file = scratch.path + "/machine.dtb"
    var line = ["-M", "\(machine),dumpdtb=\(file)", "-nographic", "-net", "none"]
    line += arguments.flatMap { $0.split(separator: " ").map(String.init) }
      .map { $0.replacing("DISK", with: disk) }
    if tool.name == Tool.qemuArm.name, !line.contains("-cpu") { line += ["-cpu", "cortex-a57"] }
    let result = try tool.run(line)
    guard result.status == 0, let bytes = scratch.read("machine.dtb") else {
      throw QEMUTree.Failure(description: "\(self) wrote no tree: \(result.errors)")
    }
    return bytes
  }

  /// Machines that differ in what the tree shows.
  public static let all: [QEMUDump] = [
    .arm64("virt"), .arm64("virt,gic-version=2", "-smp 8"),
    .arm64("virt,gic-version=3", "-smp 2 -m 1G"), .arm64("virt,gic-version=3", "-smp 123"),
    .arm64("virt,gic-version=3,its=off", "-smp 4"),
    .arm64("virt,gic-version=3,secure=on", "-smp 2"),
    .arm64("virt,gic-version=3,virtualization=on", "-smp 2"),
    .arm64("virt,gic-version=3,secure=on,virtualization=on"),
    .arm64("virt,gic-version=3,mte=on", "-cpu max -m 2G"),
    .arm64("virt,gic-version=3,iommu=smmuv3", "-smp 2"),
    .arm64("virt,gic-version=3,highmem=off"), .arm64("virt,gic-version=3,ras=on"),
    .arm64("virt,gic-version=3,dtb-randomness=off"), .arm64("virt,acpi=off,gic-version=3"),
    .arm64("virt,gic-version=4,virtualization=on", "-cpu max"),
    .arm64(
      "virt,gic-version=3", "-m 2G -smp 4 -object memory-backend-ram,id=m0,size=1G",
      "-object memory-backend-ram,id=m1,size=1G -numa node,memdev=m0,cpus=0-1",
      "-numa node,memdev=m1,cpus=2-3"),
    .arm64("virt,gic-version=3", "-smp 8,sockets=2,clusters=2,cores=2,threads=1"),
    .arm64(
      "virt,gic-version=3", "-drive if=none,id=d0,file=DISK,format=raw",
      "-device virtio-blk-device,drive=d0 -device virtio-rng-device",
      "-device virtio-serial-device -device virtio-net-device -device virtio-balloon-device"),
    .arm64("virt,gic-version=3", "-device virtio-rng-pci -device pcie-root-port,id=r0"),
    .arm64("virt,gic-version=3", "-device virtio-iommu-pci"),
    .arm64("virt,gic-version=3", "-append console=ttyAMA0 -kernel DISK"),
    .arm64("virt,gic-version=3", "-cpu cortex-a53 -m 512M"),
    .arm64("virt-6.2,gic-version=3"), .arm64("virt-2.12"),
    .riscv64("virt"), .riscv64("virt", "-smp 4 -m 2G"), .riscv64("virt,aia=aplic", "-smp 2"),
    .riscv64("virt,aia=aplic-imsic", "-smp 2"),
    .riscv64("virt,aia=aplic-imsic,aia-guests=3", "-smp 8"),
    .riscv64("virt,aclint=on", "-smp 2"), .riscv64("virt", "-cpu rv64,zbb=off"),
    .riscv64("virt", "-device virtio-rng-device -device virtio-net-device"),
    .riscv64("sifive_u"), .riscv64("spike"),
  ]
}

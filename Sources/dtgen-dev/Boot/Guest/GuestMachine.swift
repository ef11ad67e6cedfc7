import GuestView
import VMMInterface

/// The virtual machine that QEMU makes for a guest: its `virt` machine, or for x86_64 `microvm` or `q35`.
struct GuestMachine: Hashable {
  var architecture = GuestArchitecture.arm64
  /// The name of the machine.
  var board = "virt"
  /// What stands behind `-M virt,`; empty for nothing.
  var options = "gic-version=3"
  /// The number of processors.
  var cpus = 1
  /// The size of RAM, in MiB.
  var mebibytes = 1024
  /// A part of RAM that another process may map: its first address and its size in MiB.
  var shared: Shared?
  /// Whether the guest is told of its machine by ACPI tables, and boots a kernel of Debian's.
  var hasTables = false
  /// What else stands on the kernel's command line, with a space in front.
  var parameters = ""
  /// Further arguments, such as `-device`.
  var arguments: [String] = []

  /// A part of RAM that is a file.
  struct Shared: Hashable {
    var address: UInt64
    var mebibytes: Int
  }

  /// arm64 with a GICv3.
  static let virt = GuestMachine()
  /// riscv64 with a PLIC.
  static let riscv = GuestMachine(
    architecture: .riscv64, options: "aia=none", mebibytes: 512)

  /// arm64 behind UEFI, which hands the tables of the machine over.
  static let uefi = GuestMachine(mebibytes: 512, hasTables: true)
  /// x86_64 without PCI.
  ///
  /// With a second I/O APIC, no interrupt behind the first one comes under TCG.
  static let microvm = GuestMachine(
    architecture: .x86_64, board: "microvm", options: "acpi=on,rtc=on,ioapic2=off", mebibytes: 256,
    hasTables: true)
  /// x86_64 with PCI Express.
  static let q35 = GuestMachine(
    architecture: .x86_64, board: "q35", options: "", mebibytes: 256, hasTables: true)

  /// The same with something else behind `-M virt,`.
  func options(_ options: String) -> GuestMachine { changed { $0.options = options } }

  /// The same with more processors.
  func cpus(_ count: Int) -> GuestMachine { changed { $0.cpus = count } }

  /// The same with more or less RAM.
  func mebibytes(_ count: Int) -> GuestMachine { changed { $0.mebibytes = count } }

  /// The same with a part of RAM that another process may map.
  func sharing(_ address: UInt64, mebibytes: Int) -> GuestMachine {
    changed { $0.shared = Shared(address: address, mebibytes: mebibytes) }
  }

  /// The same with messages of the kernel from its start on, before it has found a console.
  var early: GuestMachine {
    changed { $0.parameters = " earlycon=pl011,mmio32,0x9000000" }
  }

  /// The same with more on the command line of QEMU.
  func adding(_ arguments: String...) -> GuestMachine { changed { $0.arguments += arguments } }

  private func changed(_ change: (inout GuestMachine) -> Void) -> GuestMachine {
    var machine = self
    change(&machine)
    return machine
  }

  /// The command line, but for devices; `stub`, `tree` and `image` are files to load, `window` the file
  /// of what is shared.
  func arguments(image: String, tree: String, stub: String, window: String) -> [String] {
    var line = common
    line += memoryArguments(window: window)
    line += load(image, at: architecture.imageAddress) + load(tree, at: architecture.treeAddress)
    line += load(stub, at: architecture.stubAddress, starting: 0)
    // The other harts of RISC-V start on their own, where the firmware waits for them.
    if architecture == .riscv64 {
      for hart in 1..<max(cpus, 1) {
        line += ["-device", "loader,addr=\(architecture.stubAddress),cpu-num=\(hart)"]
      }
    }
    return line + arguments
  }

  /// The command line of a guest whose kernel and tree QEMU loads by itself, but for devices.
  func arguments(image: String, handingOver tree: String) -> [String] {
    common + ["-kernel", image, "-dtb", tree] + arguments
  }

  /// What every command line has.
  private var common: [String] {
    var line = [
      "-M", board + (options.isEmpty ? "" : "," + options), "-smp", "\(cpus)", "-m",
      "\(mebibytes)M", "-nodefaults", "-display", "none", "-serial", "stdio", "-monitor", "none",
      "-no-reboot", "-global", "virtio-mmio.force-legacy=false",
    ]
    switch architecture {
    case .arm64: line += ["-cpu", "cortex-a57"]
    case .riscv64: break
    case .x86_64: line += ["-no-user-config", "-accel", "tcg", "-cpu", "max"]
    }
    return line
  }

  /// The command line of a guest that gets tables, but for devices; they are in front of its initrd.
  func arguments(kernel: GuestKernel, initrd: String) -> [String] {
    var line = common
    if let firmware = kernel.firmware { line += ["-bios", firmware] }
    // On a busy host the kernel can't measure its clock, and waits for ever.
    let console =
      architecture == .x86_64
      ? "console=ttyS0 tsc_early_khz=2600000 tsc=reliable no_timer_check" : "console=ttyAMA0"
    line += [
      "-kernel", kernel.image, "-initrd", initrd, "-append", console + " panic=-1" + parameters,
    ]
    return line + arguments
  }

  private func load(_ file: String, at address: UInt64, starting cpu: Int? = nil) -> [String] {
    let start = cpu.map { ",cpu-num=\($0)" } ?? ""
    return ["-device", "loader,file=\(file.asValue),addr=\(address),force-raw=on\(start)"]
  }

  /// RAM in parts, of which QEMU hands other processes the shared one alone: by the arguments that
  /// `dtgen build --emit features` writes.
  private func memoryArguments(window: String) -> [String] {
    guard let shared,
      let share = HostedMemory.Share(
        "window", of: "boot", node: nil, at: shared.address,
        size: UInt64(shared.mebibytes) << 20, isPool: true, others: [])
    else { return [] }
    let ram = [
      AddressRange(at: architecture.memoryAddress, size: UInt64(mebibytes) << 20)
    ].compactMap(\.self)
    let all = VMMArguments.all(
      for: [], architecture: architecture.rawValue, poolSize: 0,
      memory: HostedMemory(ranges: ram, shares: [share]), translated: [])
    let words = all.first { $0.vmm == .qemu }?.words ?? []
    // How much it is stands with what every command line has.
    return words.dropFirst(2).map { $0.replacing(share.file, with: window.asValue) }
  }
}

extension String {
  /// The text as a value on QEMU's command line, where a comma ends one unless it stands twice.
  var asValue: String { replacing(",", with: ",,") }
}

import DeviceTree
import PlatformDescription

extension MachineLowering {
  /// One hart, with the interrupt controller that the machine's are wired to.
  ///
  /// **Source:** kernel bindings `riscv/cpus.yaml` and `interrupt-controller/riscv,cpu-intc.yaml`;
  /// Linux `arch/riscv/kernel/cpu.c`, `riscv_early_of_processor_hartid`.
  func hart(_ index: Int, of noun: CPUs, _ hart: Hart, isa: ISAString) -> DraftNode {
    let number = UInt32(index)
    var cpu = DraftNode("cpu@" + unitAddress(of: index, reg: number), target: .cpu(index))
    cpu.set("device_type", .string("cpu"))
    cpu.set("compatible", .string(noun.compatible))
    cpu.set("reg", .u32(number))
    if habits.cpuStatus { cpu.set("status", .string("okay")) }
    cpu.set("riscv,isa", .string(isa.text))
    if hart.isaExtensions != false {
      cpu.set("riscv,isa-base", .string(isa.base))
      cpu.set("riscv,isa-extensions", .strings(isa.extensions))
    }
    cpu.set("mmu-type", .string("riscv," + hart.mmuType.rawValue))
    var controller = DraftNode("interrupt-controller", target: .hart(index))
    controller.set("compatible", .string("riscv,cpu-intc"))
    controller.set("interrupt-controller", .empty)
    controller.set("#interrupt-cells", .u32(1))
    cpu.children = [controller]
    return cpu
  }

  /// What the harts execute, taken apart; nil where a mistake was found.
  mutating func isa(of hart: Hart, at location: SourceLocation?) -> ISAString? {
    guard let isa = ISAString(hart.isa) else {
      mistake(
        "description/invalid-isa", "'\(hart.isa)' names no instruction set of 64 bits",
        at: location, help: "spell it as in rv64imafdc_zicsr_zifencei")
      return nil
    }
    guard (1...Int(UInt32.max)).contains(hart.timebaseFrequency) else {
      mistake(
        "description/out-of-range",
        "a timebase of \(hart.timebaseFrequency) Hz can't be written: 1 to \(UInt32.max)",
        at: location, help: "a VMM's is 10,000,000 or so")
      return nil
    }
    return isa
  }
}

/// An instruction set of RISC-V: `rv64`, letters, and longer names behind `_`.
///
/// **Source:** The RISC-V Instruction Set Manual, volume I, chapter "ISA Extension Naming Conventions".
struct ISAString {
  let text: String
  /// `riscv,isa-base`.
  let base: String
  /// `riscv,isa-extensions`.
  let extensions: [String]

  init?(_ text: String) {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard let first = parts.first, first.hasPrefix("rv64") else { return nil }
    let letters = first.dropFirst(4)
    // The base comes first: I, or G, which is IMAFD with two more.
    guard let base = letters.first, "ig".contains(base),
      letters.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
    else { return nil }
    var extensions: [String] = []
    for letter in letters {
      extensions += letter == "g" ? ["i", "m", "a", "f", "d"] : [String(letter)]
    }
    if base == "g" { extensions += ["zicsr", "zifencei"] }
    for part in parts.dropFirst() {
      guard part.utf8.count > 1, "sxz".contains(part.first ?? " "),
        part.utf8.allSatisfy({
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        })
      else { return nil }
      extensions.append(String(part))
    }
    guard Set(extensions).count == extensions.count else { return nil }
    self.text = text
    self.base = "rv64i"
    self.extensions = extensions
  }
}

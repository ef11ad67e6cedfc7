import DTGenTestSupport

/// The architecture of a guest that is booted.
enum GuestArchitecture: String, CaseIterable {
  case arm64
  case riscv64
  // swift-format-ignore: AlwaysUseLowerCamelCase
  case x86_64

  /// The program that runs it.
  var emulator: Tool {
    switch self {
    case .arm64: .qemuArm
    case .riscv64: .qemuRISCV
    case .x86_64: .qemuX86
    }
  }

  /// Where RAM starts on QEMU's `virt`.
  var memoryAddress: UInt64 {
    switch self {
    case .arm64: 0x4000_0000
    case .riscv64: 0x8000_0000
    case .x86_64: 0
    }
  }

  /// Where the kernel's image is put, on a multiple of 2 MiB as both architectures want it.
  var imageAddress: UInt64 { memoryAddress + 0x20_0000 }

  /// Where the first instructions are put: QEMU's own tree, or the firmware, ends before it.
  var stubAddress: UInt64 { memoryAddress + 0x10_0000 }

  /// Where the tree is put, clear of the kernel and of every pool of a fixture.
  var treeAddress: UInt64 { memoryAddress + 0x300_0000 }

  /// What the first instructions do: hand the tree over, unchanged, as a boot loader would.
  ///
  /// QEMU rewrites memory, PSCI and `/chosen` in what `-dtb` names, which would hide what is wrong
  /// with them.
  var stub: [UInt8] {
    switch self {
    case .arm64: arm64Stub
    case .riscv64: riscvStub
    // There is no tree to hand over.
    case .x86_64: []
    }
  }

  /// **Source:** Linux 6.12, Documentation/arch/arm64/booting.rst: the tree in x0, zeros in x1 to x3.
  private var arm64Stub: [UInt8] {
    func movz(_ register: UInt32, upper value: UInt64) -> UInt32 {
      0xd2a0_0000 | UInt32(truncatingIfNeeded: (value >> 16) & 0xffff) << 5 | register
    }
    func movk(_ register: UInt32, lower value: UInt64) -> UInt32 {
      0xf280_0000 | UInt32(truncatingIfNeeded: value & 0xffff) << 5 | register
    }
    let branchToX4: UInt32 = 0xd61f_0080
    let words = [
      movz(0, upper: treeAddress), movk(0, lower: treeAddress), movz(1, upper: 0),
      movz(2, upper: 0), movz(3, upper: 0), movz(4, upper: imageAddress),
      movk(4, lower: imageAddress), branchToX4,
    ]
    return words.flatMap(Self.littleEndian)
  }

  /// Enters OpenSBI as a ROM does, on every hart; it adds its own memory to the tree and starts the
  /// kernel.
  ///
  /// **Source:** OpenSBI, docs/firmware/fw_dynamic.md: mhartid in a0, the tree in a1, what to do next
  /// in a2.
  private var riscvStub: [UInt8] {
    let instructions: [UInt32] = [
      0x0000_0297,  // auipc t0, 0
      0xf140_2573,  // csrr a0, mhartid
      0x0202_b583,  // ld a1, 32(t0)
      0x0302_8613,  // addi a2, t0, 48
      0x0282_b303,  // ld t1, 40(t0)
      0x0003_0067,  // jr t1
      0, 0,
    ]
    let supervisor: UInt64 = 1
    let data: [UInt64] = [
      treeAddress, memoryAddress,
      // struct fw_dynamic_info: "OSBI", version 2, the next address, its mode, options, boot hart.
      0x4942_534f, 2, imageAddress, supervisor, 0, 0,
    ]
    return instructions.flatMap(Self.littleEndian) + data.flatMap(Self.littleEndian)
  }

  private static func littleEndian<Word: FixedWidthInteger>(_ word: Word) -> [UInt8] {
    (0..<Word.bitWidth / 8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
  }
}

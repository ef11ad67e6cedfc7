import DTGenTestSupport
import Foundation
import GuestView
import PlatformDescription
import Testing

@testable import VMMInterface

@Suite("the arguments for memory that machines share")
struct SharedMemoryArgumentsTests {
  private static let mebibyte: UInt64 = 1 << 20

  /// A machine with RAM from `first` on that has 16 MiB at each of `shares`.
  private static func memory(
    _ mebibytes: UInt64, from first: UInt64 = 0x4000_0000, sharing shares: [UInt64],
    platform: String = "gateway"
  ) throws -> HostedMemory {
    HostedMemory(
      ranges: [.init(at: first, size: mebibytes * mebibyte)].compactMap(\.self),
      shares: try shares.enumerated().map { index, address in
        try #require(
          HostedMemory.Share(
            "vrings\(index)", of: platform, node: "/reserved-memory/vrings\(index)", at: address,
            size: 16 * mebibyte, isPool: index == 0, others: ["secondary"]))
      })
  }

  /// What QEMU is told, and started with: with files that the test takes away again.
  private func started<Result>(
    _ memories: [HostedMemory], _ board: QEMUBoard, _ tool: Tool, _ machine: String,
    _ body: ([QEMUMemory], [VMMArguments]) throws -> Result
  ) throws -> Result {
    defer {
      for share in memories.flatMap(\.shares) {
        try? FileManager.default.removeItem(atPath: share.file)
      }
    }
    let arguments = memories.map { QEMUArguments.arguments(for: [], board: board, memory: $0) }
    let machines = try arguments.map { text in
      try QEMUMemory(tool, machine: machine, arguments: text.words)
    }
    return try body(machines, arguments)
  }

  /// The platform's name makes the files' names, which are this run's own.
  private static func name() -> String { "dtgen-test-\(UUID().uuidString)" }

  @Test(
    "put one file at the same address of two machines", .requires(.qemuArm),
    arguments: [
      (1024, 256, [0x5000_0000]), (64, 16, [0x4000_0000]), (512, 512, [0x5000_0000, 0x4800_0000]),
      (32, 1024, [0x4100_0000, 0x7f00_0000]),
    ] as [(UInt64, UInt64, [UInt64])])
  func arm(frontend: UInt64, backend: UInt64, shares: [UInt64]) throws {
    let name = Self.name()
    let memories = try [frontend, backend].map {
      try Self.memory($0, sharing: shares, platform: name)
    }
    try started(memories, .arm64Virt, .qemuArm, "virt") { machines, arguments in
      for (machine, memory) in zip(machines, memories) {
        let names = Set((0..<8).flatMap { ["ram\($0)", "share\($0)"] })
        let pieces = try machine.pieces(of: names)
        #expect(pieces.first?.range.lowerBound == 0x4000_0000)
        for (one, next) in zip(pieces, pieces.dropFirst()) {
          #expect(one.range.upperBound + 1 == next.range.lowerBound)
        }
        #expect(
          pieces.filter { $0.name.hasPrefix("share") }.map(\.range)
            == memory.shares.map { $0.range.first...$0.range.last }
            .sorted { $0.lowerBound < $1.lowerBound })
        let described = try #require(memory.ranges.ranges.last)
        #expect(try #require(pieces.last).range.upperBound >= described.last)
      }
      for (index, share) in memories[0].shares.enumerated() {
        let pattern = 0x1234_5670 + UInt32(index)
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: share.file))
        try file.seek(toOffset: 0x1000)
        try file.write(contentsOf: withUnsafeBytes(of: pattern.littleEndian) { Data($0) })
        for machine in machines {
          #expect(try machine.word(at: share.range.first + 0x1000) == pattern)
        }
      }
      #expect(arguments[0].needs.map(\.option) == shares.map { _ in "-object" })
    }
  }

  @Test(
    "do so on QEMU's machines for x86_64", .requires(.qemuX86),
    arguments: ["microvm", "q35", "pc"], [64, 2560])
  func x86(machine: String, mebibytes: UInt64) throws {
    let place = mebibytes * Self.mebibyte
    let memory = try Self.memory(
      mebibytes + 64, from: 0, sharing: [place], platform: Self.name())
    try started([memory], .microvm, .qemuX86, machine) { machines, arguments in
      let pieces = try machines[0].pieces(of: ["share1"])
      #expect(pieces == [.init("share1", place...(place + 16 * Self.mebibyte - 1))])
      #expect(arguments[0].differences.isEmpty)
    }
  }

  @Test("leave QEMU's riscv64 alone, each part of whose RAM would be a socket")
  func sockets() throws {
    let memory = try Self.memory(128, from: 0x8000_0000, sharing: [0x8400_0000])
    let arguments = QEMUArguments.arguments(for: [], board: .riscv64Virt, memory: memory)
    #expect(arguments.words.isEmpty && arguments.needs.isEmpty)
    #expect(arguments.differences.first?.what.contains("memory of its own in each") ?? false)
  }

  @Test("say how much RAM they give a machine so that a share lies where it has to")
  func surplus() throws {
    let memory = try Self.memory(256, sharing: [0x6000_0000])
    let arguments = QEMUArguments.arguments(for: [], board: .arm64Virt, memory: memory)
    #expect(arguments.words.prefix(2) == ["-m", "528M"])
    #expect(arguments.differences.map(\.what).contains { $0.contains("256 MiB more RAM") })
    #expect(arguments.differences.map(\.node) == ["/reserved-memory/vrings0"])
  }

  @Test(
    "leave memory alone that can't be laid out, and say why",
    arguments: [
      ([0x3f00_0000], "lays out RAM from 0x40000000"), ([0x80_0000_0000], "up to 0x8000000000"),
      ([0x5000_0000, 0x5080_0000], "can't put RAM at 0x50800000"),
    ] as [([UInt64], String)])
  func unfit(shares: [UInt64], reason: String) throws {
    let memory = try Self.memory(256, sharing: shares)
    let arguments = QEMUArguments.arguments(for: [], board: .arm64Virt, memory: memory)
    #expect(arguments.words.isEmpty)
    #expect(arguments.differences.count == 1)
    #expect(arguments.differences.first?.what.contains(reason) ?? false)
  }

  @Test("say where the description has memory that QEMU's machine hasn't")
  func elsewhere() throws {
    let memory = try Self.memory(256, from: 0x2000_0000, sharing: [0x5000_0000])
    let arguments = QEMUArguments.arguments(for: [], board: .arm64Virt, memory: memory)
    #expect(arguments.words.isEmpty)
    #expect(arguments.differences.first?.what.contains("no RAM at 0x20000000") ?? false)
    let top = try Self.memory(256, from: 0, sharing: [0xb000_0000])
    let x86 = QEMUArguments.arguments(for: [], board: .microvm, memory: top)
    #expect(x86.words.isEmpty && x86.differences.count == 1)
  }

  @Test("for crosvm map the file into RAM, and don't make a second pool")
  func crosvm() throws {
    let memory = try Self.memory(1024, from: 0x8000_0000, sharing: [0x9000_0000])
    let device = OfferedDevice(
      node: "/pci/virtio@1", transport: .pci, requesterID: 8, deviceID: 2,
      features: [.version1, .accessPlatform], queues: VirtioDevice.block.queues)
    let arguments = CrosvmArguments.arguments(for: [device], poolSize: 0, memory: memory)
    #expect(
      arguments.words.suffix(2) == [
        "--file-backed-mapping",
        "addr=0x90000000,size=0x1000000,path=/dev/shm/gateway+vrings0,rw,ram",
      ])
    #expect(!arguments.words.contains("--swiotlb"))
    #expect(!arguments.differences.contains { $0.what.contains("no RAM below") })
    let low = try Self.memory(1024, sharing: [0x5000_0000])
    let elsewhere = CrosvmArguments.arguments(for: [], poolSize: 0, memory: low)
    #expect(elsewhere.differences.contains { $0.what.contains("no RAM below 0x80000000") })
    #expect(arguments.needs.last?.what.contains("truncate -s 16777216") ?? false)
  }

  @Test("for Cloud Hypervisor lay out zones")
  func cloudHypervisor() throws {
    let memory = try Self.memory(1024, sharing: [0x5000_0000])
    let arguments = CloudHypervisorArguments.arguments(for: [], memory: memory, translated: [])
    #expect(
      arguments.words == [
        "--memory", "size=0", "--memory-zone", "id=ram0,size=268435456",
        "id=share1,size=16777216,file=/dev/shm/gateway+vrings0,shared=on",
        "id=ram2,size=788529152",
      ])
    let beyond = try Self.memory(4096, sharing: [0x5000_0000])
    let refused = CloudHypervisorArguments.arguments(for: [], memory: beyond, translated: [])
    #expect(refused.words.isEmpty)
    #expect(refused.differences.first?.what.contains("beyond 0xfbffffff") ?? false)
  }

  @Test("never give two shares one file")
  func files() throws {
    let names = [
      ("a+b", "c"), ("a", "b+c"), ("a-b", "c"), ("a", "b-c"), ("a,b", "c"), ("a_b", "c"),
      ("a%2cb", "c"), ("a/b", "c"),
    ]
    let files = try names.map { platform, name in
      try #require(
        HostedMemory.Share(
          name, of: platform, node: nil, at: 0, size: 1, isPool: false, others: [])
      ).file
    }
    #expect(Set(files).count == names.count)
    #expect(files.allSatisfy { !$0.dropFirst("/dev/shm/".count).contains { ",/= ".contains($0) } })
  }
}

import DTGenTestSupport
import DeviceTree
import Diagnostics
import Foundation
import GuestView
import PlatformLint
import Testing

@Suite("Trees that work")
struct WorkingTreeTests {
  @Test(
    "what QEMU writes for its own machine has no finding", .requires(.qemuArm),
    arguments: ["gic-version=2", "gic-version=3", "gic-version=3,its=off", "virtualization=on"])
  func qemu(options: String) throws {
    let report = Linter().lint(GuestView(tree: try qemuTree(options)))
    #expect(report.findings.map(\.line) == [])
  }

  @Test(
    "a secure machine, one with an IOMMU and one with NUMA have no finding", .requires(.qemuArm))
  func qemuWithMore() throws {
    for (options, more) in [
      ("secure=on", []), ("iommu=smmuv3", []), ("mte=on", []), ("highmem=off", []),
      ("gic-version=3,iommu=smmuv3,secure=on", []), ("ras=on,virtualization=on", []),
      ("gic-version=3", ["-device", "virtio-iommu-pci"]),
      ("gic-version=3", ["-smp", "4", "-m", "2048"]),
      (
        "gic-version=3",
        [
          "-object", "memory-backend-ram,id=a,size=512M", "-object",
          "memory-backend-ram,id=b,size=512M", "-numa", "node,memdev=a", "-numa", "node,memdev=b",
        ]
      ),
    ] as [(String, [String])] {
      let report = Linter().lint(GuestView(tree: try qemuTree(options, more)))
      #expect(
        report.findings.map(\.line) == [], "\(options) \(more)")
    }
  }

  @Test("the least that an arm64 guest boots with has no finding", .requires(.dtc))
  func minimal() throws {
    let report = Linter().lint(try view(minimalTree))
    #expect(report.findings.map(\.line) == [])
  }

  /// Linux 6.12 boots with this on QEMU's `virt` machine and does its I/O through the pools.
  private let minimalTree = """
    / {
      #address-cells = <2>;
      #size-cells = <2>;
      compatible = "example,minimal";
      interrupt-parent = <&gic>;
      chosen { stdout-path = "/uart@9000000"; };
      memory@40000000 {
        device_type = "memory";
        reg = <0x0 0x40000000 0x0 0x10000000>;
      };
      cpus {
        #address-cells = <1>;
        #size-cells = <0>;
        cpu@0 {
          device_type = "cpu";
          compatible = "arm,armv8";
          reg = <0>;
        };
      };
      reserved-memory {
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;
        first: pool@4f000000 {
          compatible = "restricted-dma-pool";
          reg = <0x0 0x4f000000 0x0 0x400000>;
        };
        second: pool@4e800000 {
          compatible = "restricted-dma-pool";
          reg = <0x0 0x4e800000 0x0 0x400000>;
        };
      };
      gic: interrupt-controller@8000000 {
        compatible = "arm,gic-v3";
        interrupt-controller;
        #interrupt-cells = <3>;
        reg = <0x0 0x08000000 0x0 0x10000>, <0x0 0x080a0000 0x0 0xf60000>;
      };
      timer {
        compatible = "arm,armv8-timer";
        interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>;
      };
      clock: clock {
        compatible = "fixed-clock";
        #clock-cells = <0>;
        clock-frequency = <24000000>;
      };
      uart@9000000 {
        compatible = "arm,pl011", "arm,primecell";
        reg = <0x0 0x09000000 0x0 0x1000>;
        interrupts = <0 1 4>;
        clocks = <&clock>, <&clock>;
        clock-names = "uartclk", "apb_pclk";
      };
      virtio@a000000 {
        compatible = "virtio,mmio";
        reg = <0x0 0x0a000000 0x0 0x200>;
        interrupts = <0 16 1>;
        dma-coherent;
        memory-region = <&first>;
      };
      virtio@a000200 {
        compatible = "virtio,mmio";
        reg = <0x0 0x0a000200 0x0 0x200>;
        interrupts = <0 17 1>;
        dma-coherent;
        memory-region = <&second>;
      };
    };
    """
}

/// The tree that QEMU writes for its `virt` machine.
func qemuTree(_ options: String, _ more: [String] = []) throws -> FlattenedTree {
  let scratch = try ScratchDirectory()
  let file = scratch.path + "/qemu.dtb"
  let size = more.contains("-m") ? [] : ["-m", "1024"]
  let cpus = more.contains("-smp") ? [] : ["-smp", "2"]
  let cpu = options.contains("mte") ? "max" : "cortex-a57"
  let result = try Tool.qemuArm.run(
    ["-M", "virt,\(options),dumpdtb=\(file)", "-cpu", cpu] + size + cpus + more
      + ["-nographic", "-net", "none"])
  let data = try #require(FileManager.default.contents(atPath: file), "\(result.errors)")
  return try FlattenedTree([UInt8](data))
}

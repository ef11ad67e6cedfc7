import DTGenTestSupport
import GuestView
import Testing

@Suite("The kernel's command line")
struct CommandLineTests {
  private func commandLine(_ text: String) throws -> CommandLine {
    let text = text.replacing("\"", with: "\\\"")
    return try #require(try view("/ { chosen { bootargs = \"\(text)\"; }; };").commandLine)
  }

  @Test("is split at spaces outside quotes, and ends at two dashes", .requires(.dtc))
  func splitting() throws {
    let line = try commandLine("  ro console=ttyAMA0,115200 a=\"b c\"  x=y=z -- mem=1M ")
    #expect(line.parameters.map(\.name) == ["ro", "console", "a", "x"])
    #expect(line.parameters.map(\.value) == [nil, "ttyAMA0,115200", "b c", "y=z"])
    #expect(line.parameters.map(\.text).last == "x=y=z")
    #expect(try commandLine("").parameters == [])
    #expect(try view("/ { chosen { }; };").commandLine == nil)
    #expect(
      try commandLine("a=1\tb=2\u{a0}virtio-mmio.device=3").parameters.map(\.name).last
        == "virtio-mmio.device")
    #expect(try commandLine("virtio-mmio.device=3").all("virtio_mmio.device").count == 1)
    #expect(try commandLine("virtio-mmio.device=3").all("virtio_mmio.devices").isEmpty)
  }

  @Test("turns bouncing off where the kernel says so", .requires(.dtc))
  func bouncing() throws {
    for yes in [
      "swiotlb=noforce", "swiotlb=\"noforce\"", "\"swiotlb=noforce\"", "a\tswiotlb=noforce",
      "swiotlb=512,noforce", "swiotlb=0x200,4,noforce", "swiotlb=,noforce",
      "swiotlb=force swiotlb=noforce", "swiotlb=noforce swiotlb=force",
    ] {
      #expect(try commandLine(yes).bouncingOff != nil, "\(yes)")
    }
    for no in [
      "swiotlb=force", "swiotlb=force,noforce", "swiotlb=noforce,4", "swiotlb=4k,noforce",
      "-- swiotlb=noforce", "swiotlb", "swiotlb=", "xswiotlb=noforce", "swiotlb=1,2,3,noforce",
    ] {
      #expect(try commandLine(no).bouncingOff == nil, "\(no)")
    }
  }

  @Test("says last where the RAM disk is", .requires(.dtc))
  func initialRAMDisk() throws {
    func range(_ text: String) throws -> String? {
      let tree = """
        / { chosen { bootargs = "\(text)";
          linux,initrd-start = <0x48000000>; linux,initrd-end = <0x48001000>; }; };
        """
      return try view(tree).initialRAMDisk.map { "\($0.range)" }
    }
    #expect(try range("")?.contains("0x48000000..0x48000fff") == true)
    #expect(try range("initrd=0x50000000,4k")?.contains("0x50000000..0x50000fff") == true)
    #expect(try range("initrdmem=1G,1M")?.contains("0x40000000..0x400fffff") == true)
    #expect(try range("initrd=0x50000000")?.contains("0x48000000") == true)
  }

  @Test("lets IOMMUs through where the last readable word says so", .requires(.dtc))
  func passthrough() throws {
    for yes in ["1", "y", "Yes", "on", "true"] {
      #expect(try commandLine("iommu.passthrough=\(yes)").passthrough?.value == yes)
    }
    for no in ["0", "n", "off", "false", "", "2", "o"] {
      #expect(try commandLine("iommu.passthrough=\(no)").passthrough == nil)
    }
    #expect(try commandLine("iommu.passthrough").passthrough == nil)
    #expect(try commandLine("iommu.passthrough=1 iommu.passthrough=0").passthrough == nil)
    #expect(try commandLine("iommu.passthrough=0 iommu.passthrough=1").passthrough != nil)
    #expect(try commandLine("iommu.passthrough=1 iommu.passthrough=x").passthrough != nil)
    #expect(try commandLine("iommu=pt -- iommu.passthrough=1").passthrough == nil)
  }

  @Test("numbers of bytes are read as the kernel reads them")
  func bytes() {
    #expect(CommandLine.bytes("128M") == 128 << 20)
    #expect(CommandLine.bytes("0x40k@5") == 0x40 << 10)
    #expect(CommandLine.bytes("010") == 8)
    #expect(CommandLine.bytes("1G,high") == 1 << 30)
    #expect(CommandLine.bytes("0") == 0)
    #expect(CommandLine.bytes("") == nil)
    #expect(CommandLine.bytes("M") == nil)
    #expect(CommandLine.bytes("99999999999999999999") == nil)
    #expect(CommandLine.bytes("16E") == nil)
  }
}

@Suite("Memory under a limit")
struct UsableMemoryTests {
  private func usable(_ chosen: String, timer: String = "arm,armv8-timer") throws -> UsableMemory {
    try view(
      """
      / {
        #address-cells = <2>;
        #size-cells = <2>;
        chosen { \(chosen) };
        timer { compatible = "\(timer)"; };
        memory@0 { device_type = "memory"; reg = <0 0 0 0x8000000>, <0 0x40000000 0 0x8000000>; };
      };
      """
    ).usableMemory
  }

  @Test("mem= keeps the lowest bytes, over gaps", .requires(.dtc))
  func limit() throws {
    let memory = try usable("bootargs = \"mem=1M mem=192M\";")
    #expect(
      memory.set.ranges
        == [
          AddressRange(at: 0, size: 0x800_0000), AddressRange(at: 0x4000_0000, size: 0x400_0000),
        ].compactMap(\.self))
    #expect(memory.limits.map { $0.parameter?.text } == ["mem=192M"])
    for harmless in ["mem=256M", "mem=1G", "mem=0", "mem=100", "mem=x", "mem"] {
      #expect(try usable("bootargs = \"\(harmless)\";").limits.isEmpty)
    }
    // Without an architecture nobody knows what mem= means, and 32-bit Arm has another meaning.
    #expect(try usable("bootargs = \"mem=1M\";", timer: "x").limits.isEmpty)
    #expect(try usable("bootargs = \"mem=1M\";", timer: "arm,armv7-timer").limits.isEmpty)
  }

  @Test("usable ranges cut and add, and come first", .requires(.dtc))
  func ranges() throws {
    let memory = try usable(
      """
      linux,usable-memory-range = <0 0x4000000 0 0x10000000>, <0 0x44000000 0 0x1000000>;
      bootargs = "mem=65M";
      """)
    #expect(memory.limits.map { $0.parameter == nil } == [true, false])
    #expect(
      memory.set.ranges
        == [
          AddressRange(at: 0x400_0000, size: 0x400_0000),
          AddressRange(at: 0x4400_0000, size: 1 << 20),
        ].compactMap(\.self))
    for ignored in ["<0 0x4000000 0>", "<0 0 0 0>", "<>"] {
      #expect(try usable("linux,usable-memory-range = \(ignored);").limits.isEmpty)
    }
  }
}

@Suite("The cells of a root")
struct MisreadRootTests {
  private func misread(_ cells: String, _ more: String = "") throws -> MisreadRoot? {
    try view(
      """
      / {
        \(cells)
        memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x8000000>; };
        gic@8000000 { reg = <0 0x8000000 0 0x10000>, <0 0x80a0000 0 0xf60000>; };
        serial@9000000 { reg = <0 0x9000000 0 0x1000>; };
        \(more)
      };
      """
    ).misreadRoot
  }

  @Test("are found wrong where nothing fits them and all fits others", .requires(.dtc))
  func wrong() throws {
    for cells in [
      "", "#address-cells = <1>;", "#size-cells = <2>;", "#address-cells = <2>;",
      "#address-cells = <0>; #size-cells = <0>;", "#address-cells = <0xffffffff>;",
    ] {
      let misread = try #require(try misread(cells), "\(cells)")
      #expect(misread.meant == CellCounts(address: 2, size: 2))
      #expect(misread.count == 3)
    }
    #expect(try misread("#address-cells = <2>; #size-cells = <2>;") == nil)
  }

  @Test("are left alone where one child fits them, or too few fit others", .requires(.dtc))
  func right() throws {
    #expect(try misread("", "rtc@9010000 { reg = <0x9010000 0x1000>; };") == nil)
    #expect(try misread("", "rtc@9010000 { reg = <0 0x9020000 0 0x1000>; };") == nil)
    let two = try view(
      """
      / {
        a@1000 { reg = <0 0x1000 0 0x1000>; };
        b@2000 { reg = <0 0x2000 0 0x1000>; };
      };
      """)
    #expect(two.misreadRoot == nil)
  }
}

import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint
import Testing

/// One thing that is wrong with the tree of QEMU's `virt` machine, and the one finding that tells it.
struct Cause: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// What QEMU is asked for beside the GIC.
  let machine: String
  /// What is replaced in the source that dtc makes of the tree, and by what.
  let edits: [(pattern: String, replacement: String)]
  let rule: String
  let severity: Severity

  init(
    _ name: String, on machine: String = "gic-version=3", _ pattern: String, _ replacement: String,
    _ rule: String, _ severity: Severity = .error
  ) {
    testDescription = name
    self.machine = machine
    edits = [(pattern, replacement)]
    self.rule = rule
    self.severity = severity
  }

  private static let smmu = "gic-version=3,iommu=smmuv3"

  static let all = [
    Cause(
      "the root counts addresses with one cell", "\n\t#address-cells = <0x02>;",
      "\n\t#address-cells = <0x01>;", "structure/root-cells-wrong"),
    Cause(
      "the root counts sizes with one cell", "\n\t#size-cells = <0x02>;",
      "\n\t#size-cells = <0x01>;", "structure/root-cells-wrong"),
    Cause(
      "the root does not say how sizes are counted", "\n\t#size-cells = <0x02>;", "",
      "structure/root-cells-wrong"),
    Cause(
      "the root names no interrupt controller", "\n\tinterrupt-parent = ",
      "\n\tremoved = ",
      "structure/interrupts-without-parent"),
    Cause(
      "the GIC is disabled", "intc@8000000 {", "intc@8000000 { status = \"disabled\";",
      "guest/no-interrupt-controller"),
    Cause(
      "the GIC is misspelt", "\"arm,gic-v3\"", "\"arm,gicv3\"",
      "guest/no-interrupt-controller"),
    Cause(
      "the GIC is one that nobody knows", "\"arm,gic-v3\"", "\"example,gic\"",
      "guest/no-interrupt-controller"),
    Cause(
      "the GIC has other cells", "#interrupt-cells = <0x03>", "#interrupt-cells = <0x02>",
      "guest/gic-malformed"),
    Cause(
      "the timer is misspelt", "\"arm,armv8-timer\\0arm,armv7-timer\"",
      "\"arm,armv8timer\"", "guest/no-timer"),
    Cause("the timer is disabled", "timer {", "timer { status = \"disabled\";", "guest/no-timer"),
    Cause(
      "the timer has INTIDs",
      "<0x01 0x0d 0x04 0x01 0x0e 0x04 0x01 0x0b 0x04 0x01 0x0a 0x04>",
      "<1 29 4 1 30 4 1 27 4 1 26 4>", "guest/timer-interrupt-out-of-range"),
    Cause("PSCI is disabled", "psci {", "psci { status = \"disabled\";", "guest/no-psci"),
    Cause(
      "PSCI is misspelt", "\"arm,psci-1.0\\0arm,psci-0.2\\0arm,psci\"", "\"arm,pscii\"",
      "guest/no-psci"),
    Cause(
      "the method of the first CPU is misspelt", "enable-method = \"psci\"",
      "enable-method = \"pcsi\"",
      "guest/unknown-enable-method", .warning),
    Cause(
      "the serial port is no PrimeCell", "\"arm,pl011\\0arm,primecell\"", "\"arm,pl011\"",
      "guest/not-a-primecell"),
    Cause(
      "the clock is disabled", "apb-pclk {", "apb-pclk { status = \"disabled\";",
      "guest/primecell-without-clock"),
    Cause(
      "the clock of the serial port has been deleted", "clocks = <0x8000 0x8000>",
      "clocks = <0xffffffff 0xffffffff>", "structure/dangling-reference"),
    Cause(
      "the clock of the bus is left out", "clocks = <0x8000 0x8000>", "clocks = <0x8000 0x00>",
      "guest/primecell-without-clock"),
    Cause(
      "the clock is misspelt", "\"fixed-clock\"", "\"fixed-clocks\"",
      "structure/nearly-known-compatible"),
    Cause(
      "the host counts addresses with two cells", "#address-cells = <0x03>;",
      "#address-cells = <0x02>;", "pci/host-cells"),
    Cause(
      "the SMMU is disabled", on: smmu, "smmuv3@9050000 {",
      "smmuv3@9050000 { status = \"disabled\";", "iommu/disabled-iommu"),
    Cause(
      "the SMMU is misspelt", on: smmu, "\"arm,smmu-v3\"", "\"arm,smmuv3\"",
      "iommu/unknown-iommu"),
    Cause("the SMMU has no cells", on: smmu, "#iommu-cells = <0x01>;", "", "iommu/cells-wrong"),
    Cause(
      "the SMMU is turned off by a parameter", on: smmu, "chosen {",
      "chosen { bootargs = \"iommu.passthrough=1\";", "iommu/passthrough"),
    Cause(
      "the host's map has another name", on: smmu, "iommu-map = ", "x-iommu-map = ",
      "iommu/bridge-not-mapped", .warning),
    Cause(
      "the host's map is cut short", on: smmu, "iommu-map = <0x00", "iommu-map = <0x00 0x00",
      "iommu/map-malformed"),
    Cause(
      "the host has no configuration space", "reg = <0x40 0x10000000 0x00 0x10000000>;", "",
      "pci/no-configuration-space"),
    Cause(
      "two transports have one interrupt", "interrupts = <0x00 0x11 0x01>",
      "interrupts = <0x00 0x10 0x01>", "virtio/interrupt-shared-by-transports", .note),
    Cause(
      "one transport is said not to be coherent", "dma-coherent;\n\t\tinterrupts = <0x00 0x11",
      "dma-noncoherent;\n\t\tinterrupts = <0x00 0x11", "dma/virtio-not-coherent", .warning),
    Cause(
      "a parameter is x86's", "chosen {", "chosen { bootargs = \"iommu=pt\";",
      "guest/parameter-without-effect", .warning),
  ]
}

@Suite("One cause, one finding")
struct OneCauseTests {
  @Test(
    "what is wrong with a whole machine is told once", .requires(.dtc), .requires(.qemuArm),
    arguments: Cause.all)
  func once(cause: Cause) throws {
    var source = try Tool.dtc.run(
      ["-q", "-I", "dtb", "-O", "dts"], input: try qemuTree(cause.machine).bytes
    ).text
    for (pattern, replacement) in cause.edits {
      let range = try #require(source.firstRange(of: pattern), "\(pattern) is not in the tree")
      source.replaceSubrange(range, with: replacement)
    }
    let tree = try FlattenedTree(try ExampleCompiler(source).bytes)
    let findings = Linter().lint(GuestView(tree: tree)).findings
    #expect(findings.map(\.rule) == [cause.rule], "\(findings.map(\.line))")
    #expect(findings.first?.severity == cause.severity)
  }
}

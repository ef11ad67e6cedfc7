import DeviceTree
import Diagnostics
import GuestView

/// QEMU writes memory with the cells of the root.
enum SizeCellsTooFew: TargetRule {
  static let id = "qemu/size-cells-too-few"
  static let profile: TargetName? = .qemuVirt
  static let severity = Severity.warning
  static let summary = "sizes have one cell, with which QEMU can't write 4 GiB of memory"
  static let rationale = """
    QEMU writes the node of the memory with the #address-cells and #size-cells of the root. With one cell for sizes it \
    refuses the tree from -m 4G on.
    """
  static let consequence = "QEMU doesn't start where -m is 4 GiB or more"
  static let logLine: String? = "qemu: dtb file not compatible with RAM size > 4GB"
  static let help = "give the root #size-cells = <2>"
  static let sources = [Source.qemu("hw/arm/boot.c", "arm_load_dtb")]
  static let good = [Example(in: .bare, "/ {\n  #size-cells = <2>;\n};")]
  static let bad = [
    Example(
      in: .none,
      """
      / {
        #address-cells = <1>;
        #size-cells = <1>;  // finding
        compatible = "linux,dummy-virt";
        interrupt-parent = <&gic>;

        memory@40000000 {
          device_type = "memory";
          reg = <0x40000000 0x20000000>;
        };

        cpus {
          #address-cells = <1>;
          #size-cells = <0>;

          cpu@0 {
            device_type = "cpu";
            compatible = "arm,cortex-a57";
            reg = <0>;
            enable-method = "psci";
          };
        };

        psci {
          compatible = "arm,psci-1.0", "arm,psci-0.2";
          method = "hvc";
        };

        gic: interrupt-controller@8000000 {
          compatible = "arm,gic-v3";
          reg = <0x8000000 0x10000>, <0x80a0000 0xf60000>;
          interrupt-controller;
          #interrupt-cells = <3>;
        };

        timer {
          compatible = "arm,armv8-timer";
          interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>;
          always-on;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let property = view.tree.root.property("#size-cells"), property.u32 == 1 else { return }
    report("sizes of the root have one cell", at: .property(property), expected: "2")
  }
}

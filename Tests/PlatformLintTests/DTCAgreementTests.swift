import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint
import Testing

@Suite("What dtc finds")
struct DTCAgreementTests {
  @Test("a fault that dtc warns of is found here too", .requires(.dtc), arguments: DTCFault.all)
  func faultIsFound(fault: DTCFault) throws {
    let check = try Check(fault.example)
    #expect(
      check.compiled.complaints.contains(fault.check), "dtc says \(check.compiled.complaints)")
    #expect(
      check.report.findings.map(\.rule).contains(fault.rule),
      "\(check.report.findings.map(\.line))")
  }

  @Test("one fault hides no other", .requires(.dtc))
  func faultsDoNotHideEachOther() throws {
    let together = DTCFault.all.filter { $0.base == .virt }
    let report = try Check(Example(together.map(\.text).joined(separator: "\n"))).report
    for fault in together {
      #expect(report.findings.contains { $0.rule == fault.rule }, "\(fault)")
    }
  }

  @Test("names of labels are no devices, whatever they are called", .requires(.dtc))
  func symbolsAreNoDevices() throws {
    let text = """
      / {
        clocks: clock-2 { compatible = "fixed-clock"; #clock-cells = <0>; clock-frequency = <1>; };
        pwms: clock-3 { compatible = "fixed-clock"; #clock-cells = <0>; clock-frequency = <1>; };
        aliases { gpio = "/serial@9000000"; phys = "/serial@9000000"; };
        __overrides__ { clocks = <0 1>; status = "interesting"; };
      };
      """
    let report = try Check(Example(text), options: ["-@"]).report
    #expect(report.findings.map(\.line) == [])
  }
}

/// A tree with one fault that a check of dtc finds.
struct DTCFault: Sendable, CustomTestStringConvertible {
  /// The name of dtc's check.
  let check: String
  /// The rule that is the same, or holds it.
  let rule: String
  var base = Example.Base.virt
  let text: String

  var example: Example { Example(in: base, text) }
  var testDescription: String { "\(check) is \(rule)" }

  static let all: [DTCFault] = [
    device("unit_address_vs_reg", "structure/unit-address-missing", "a { reg = <0 1 0 1>; };"),
    device("unit_address_vs_reg", "structure/unit-address-without-reg", "a@1 { };"),
    device(
      "unit_address_format", "structure/unit-address-format",
      "b@0B000000 { reg = <0 0xb000000 0 1>; };"),
    device("reg_format", "structure/reg-length", "c@c000000 { reg = <0xc000000 1>; };"),
    device(
      "ranges_format", "structure/ranges-length",
      "d { #address-cells = <2>; #size-cells = <2>; ranges = <0 0 0>; };"),
    device(
      "ranges_format", "structure/ranges-length",
      """
      e@e000000 {
        #address-cells = <1>; #size-cells = <1>; ranges;
        e@1 { reg = <1 1>; };
      };
      """),
    device(
      "dma_ranges_format", "structure/ranges-length",
      "f { #address-cells = <2>; #size-cells = <2>; ranges; dma-ranges = <0 0 0>; };"),
    device(
      "simple_bus_reg", "structure/unit-address-differs",
      """
      g {
        compatible = "simple-bus"; #address-cells = <2>; #size-cells = <2>; ranges;
        g@d100000 { reg = <0 0xd000000 0 1>; };
      };
      """),
    device(
      "simple_bus_reg", "structure/bus-child-without-address",
      """
      h {
        compatible = "simple-bus"; #address-cells = <2>; #size-cells = <2>; ranges;
        h { label = "h"; };
      };
      """),
    device(
      "i2c_bus_bridge", "structure/serial-bus-cells",
      "i2c { #address-cells = <2>; #size-cells = <0>; i@68 { reg = <0 0x68>; }; };"),
    device(
      "i2c_bus_reg", "structure/serial-bus-address",
      "i2c-arb { #address-cells = <1>; #size-cells = <0>; j@168 { reg = <0x168>; }; };"),
    device(
      "spi_bus_bridge", "structure/serial-bus-cells",
      "spi { #address-cells = <1>; #size-cells = <1>; k@1 { reg = <1 1>; }; };"),
    device(
      "spi_bus_reg", "structure/serial-bus-address",
      "l { spi { #address-cells = <1>; #size-cells = <0>; l@2 { reg = <1>; }; }; };"),
    device(
      "avoid_default_addr_size", "structure/unstated-cells", "m { m@1 { reg = <0 1 0 1>; }; };"),
    device(
      "avoid_unnecessary_addr_size", "structure/unnecessary-cells",
      "n { #address-cells = <1>; #size-cells = <0>; n { label = \"n\"; }; };"),
    device(
      "unique_unit_address", "structure/unit-address-shared",
      """
      o {
        #address-cells = <1>; #size-cells = <0>;
        o@1 { reg = <1>; };
        p@1 { reg = <1>; };
      };
      """),
    device("model_is_string", "structure/not-a-string", "q { model = <1>; };"),
    device("device_type_is_string", "structure/not-a-string", "r { device_type = \"a\", \"b\"; };"),
    device("compatible_is_string_list", "structure/not-a-string-list", "s { compatible = [61]; };"),
    device("names_is_string_list", "structure/not-a-string-list", "t { gpio-names = [61]; };"),
    device("clocks_property", "structure/dangling-reference", "u { clocks = <0x9999>; };"),
    device("clocks_property", "structure/reference-to-non-provider", "v { clocks = <&gic>; };"),
    device(
      "power_domains_property", "structure/reference-to-non-provider",
      "w { power-domains = <&gic>; };"),
    device(
      "interrupts_extended_property", "structure/reference-cut-short",
      "x { interrupts-extended = <&gic 0 1>; };"),
    device("gpios_property", "structure/dangling-reference", "y { cs-gpios = <0x9999 1 0>; };"),
    device("dmas_is_cell", "structure/cells-malformed", "z { #dma-cells = <1 1>; };"),
    device("size_cells_is_cell", "structure/cells-malformed", "aa { #size-cells = [01]; };"),
    device("interrupts_property", "structure/interrupts-length", "ab { interrupts = <0 9 4 0>; };"),
    device(
      "interrupt_provider", "structure/controller-without-cells", "ac { interrupt-controller; };"),
    device("chosen_node_is_root", "structure/chosen-elsewhere", "ad { chosen { }; };"),
    device("node_name_vs_property_name", "structure/property-named-like-node", "ae { a; a { }; };"),
    device(
      "graph_endpoint", "structure/graph-endpoint-one-sided",
      "af { port { endpoint { remote-endpoint = <&ag>; }; }; ag { port { ag: endpoint { }; }; }; };"
    ),
    device("alias_paths", "structure/dangling-alias", "aliases { ah = \"/nowhere\"; };"),
    DTCFault(
      check: "chosen_node_bootargs", rule: "structure/not-a-string",
      text: "&chosen { bootargs = <1>; };"),
    DTCFault(
      check: "interrupts_property", rule: "structure/dangling-interrupt-parent",
      text: "&serial { interrupt-parent = <0x9999>; };"),
    DTCFault(
      check: "explicit_phandles", rule: "structure/duplicate-phandle", base: .none,
      text: "/ { a { phandle = <1>; }; b { phandle = <1>; }; };"),
    DTCFault(
      check: "name_is_string", rule: "structure/name-property-differs", base: .none,
      text: "/ { a { name = <1>; }; };"),
    DTCFault(
      check: "duplicate_property_names", rule: "structure/duplicate-property", base: .none,
      text: "/ { a { b; b; }; };"),
  ]

  private static func device(_ check: String, _ rule: String, _ node: String) -> DTCFault {
    DTCFault(check: check, rule: rule, text: "/ { \(node) };")
  }
}

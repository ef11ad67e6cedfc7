import Foundation
import Testing

/// Overlays over a base, as source: what our application and libfdt's must agree on.
struct OverlayCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var base = OverlayCase.board
  /// Whether the base is compiled with `-@`.
  var hasSymbols = true
  /// The overlays, in order; each but the first line.
  var overlays: [String]

  init(
    _ description: String, base: String = OverlayCase.board, symbols: Bool = true,
    _ overlays: String...
  ) {
    testDescription = description
    self.base = base
    hasSymbols = symbols
    self.overlays = overlays
  }

  /// A base with labels, aliases, and nodes with and without unit addresses.
  static let board = """
    /dts-v1/;
    /memreserve/ 0x1000 0x1000;
    / {
      #address-cells = <2>; #size-cells = <2>;
      compatible = "vendor,board";
      interrupt-parent = <&gic>;
      aliases { serial0 = "/soc/serial@9000000"; };
      gic: interrupt-controller@8000000 {
        compatible = "arm,gic-v3"; interrupt-controller; #interrupt-cells = <3>;
        reg = <0 0x8000000 0 0x10000>;
      };
      clk: clock { compatible = "fixed-clock"; #clock-cells = <0>; };
      soc: soc {
        #address-cells = <1>; #size-cells = <1>; ranges;
        uart: serial@9000000 { reg = <0x9000000 0x1000>; clocks = <&clk>; status = "disabled"; };
        disk: virtio@a000000 { reg = <0xa000000 0x200>; interrupts = <0 16 1>; };
        virtio@a000200 { reg = <0xa000200 0x200>; };
      };
      chosen { bootargs = "quiet"; };
    };
    """

  private static func plugin(_ text: String) -> String { "/dts-v1/; /plugin/;\n" + text }

  /// What both take.
  static let good: [OverlayCase] = [
    .init("a property of a labelled node", plugin("&uart { status = \"okay\"; };")),
    .init("a new property", plugin("&uart { current-speed = <115200>; };")),
    .init("a node by path", plugin("&{/chosen} { bootargs = \"debug\"; };")),
    .init(
      "a node by path in a base without labels", symbols: false,
      plugin("&{/chosen} { bootargs = \"debug\"; };")),
    .init("the root", plugin("&{/} { model = \"other\"; watchdog { timeout-sec = <8>; }; };")),
    .init(
      "a new node that refers to a labelled one",
      plugin("&soc { eth@b000000 { reg = <0xb000000 0x100>; clocks = <&clk>; }; };")),
    .init(
      "references in the middle of a value, and several",
      plugin("&soc { user { links = <1 &clk 2 &uart &clk>; }; };")),
    .init(
      "a node that refers to another of the same overlay",
      plugin(
        """
        &{/} {
          reserved-memory {
            #address-cells = <2>; #size-cells = <2>; ranges;
            pool: bounce@50000000 { reg = <0 0x50000000 0 0x100000>; };
          };
        };
        &disk { memory-region = <&pool>; };
        """)),
    .init(
      "local references deep down",
      plugin(
        """
        &soc {
          a { b { c { left: l { other = <0 &right>; }; }; }; right: r { other = <&left>; }; };
        };
        """)),
    .init(
      "nodes that refer to each other in a circle",
      plugin(
        "&soc { a: a { peer = <&b>; }; b: b { peer = <&c>; }; c: c { peer = <&a &uart>; }; };")),
    .init(
      "labels that the next overlay uses",
      plugin("&soc { first: first { reg = <1 1>; }; };"),
      plugin("&first { added; }; &soc { second { link = <&first>; }; };")),
    .init(
      "labels of an overlay for a base without any", symbols: false,
      plugin("&{/soc} { first: first { reg = <1 1>; }; };")),
    .init(
      "two overlays with phandles of their own",
      plugin("&soc { a: a { }; user@1 { link = <&a>; }; };"),
      plugin("&soc { b: b { }; user@2 { link = <&b>; }; };")),
    .init(
      "two fragments for one node", plugin("&uart { one; status = \"okay\"; };\n&uart { two; };")),
    .init(
      "a fragment for a node that an earlier one adds",
      plugin(
        """
        / {
          fragment@0 { target-path = "/soc"; __overlay__ { late { }; }; };
          fragment@1 { target-path = "/soc/late"; __overlay__ { here; }; };
        };
        """)),
    .init("a value that becomes shorter", plugin("&disk { reg = <0xa000000>; };")),
    .init("a value that becomes empty", plugin("&disk { interrupts; };")),
    .init("a child that is there already", plugin("&soc { serial@9000000 { more; }; };")),
    .init(
      "a target without its unit address",
      plugin("/ { fragment@0 { target-path = \"/soc/serial\"; __overlay__ { here; }; }; };")),
    .init(
      "a child without its unit address",
      plugin("&soc { serial { here; }; };")),
    .init(
      "a target by alias",
      plugin("/ { fragment@0 { target-path = \"serial0\"; __overlay__ { here; }; }; };")),
    .init(
      "a target with more slashes than needed",
      plugin("/ { fragment@0 { target-path = \"//soc//\"; __overlay__ { here; }; }; };")),
    .init(
      "fragments with odd names, and nodes that are none",
      plugin(
        """
        / {
          compatible = "vendor,overlay";
          note { what = "not merged"; };
          patch { target-path = "/chosen"; __overlay__ { here; }; };
          fragment@f { target-path = "/soc"; __overlay__ { here; }; };
        };
        """)),
    .init("an overlay without a fragment", plugin("/ { };")),
    .init(
      "unaligned references",
      plugin("&soc { user { mixed = \"ab\", <&clk>; }; };")),
    .init(
      "a base with the largest phandle but a few",
      base: OverlayCase.board.replacingOccurrences(
        of: "clk: clock {", with: "clk: clock { phandle = <0xfffffff0>;"),
      plugin("&soc { a: a { }; user { link = <&a &clk>; }; };")),
    .init(
      "a memory reservation of its own, which is not taken over",
      "/dts-v1/; /plugin/; /memreserve/ 0x9000 0x1000;\n&chosen { here; };"
        .replacingOccurrences(of: "&chosen", with: "&{/chosen}")),
  ]

  /// What both refuse, and what we call it.
  static let bad: [(test: OverlayCase, code: String, words: String)] = [
    (
      .init("labels that the base hasn't", symbols: false, plugin("&uart { status = \"okay\"; };")),
      "no-symbols", "the overlay refers to the label 'uart', and the base has no /__symbols__"
    ),
    (
      .init("a misspelt label", plugin("&uarf { status = \"okay\"; };")), "unknown-label",
      "the base has no label 'uarf'; did you mean 'uart'?"
    ),
    (
      .init(
        "a label whose node is gone",
        base: board + "/ { __symbols__ { ghost = \"/soc/ghost\"; }; };",
        plugin("&ghost { here; };")), "unknown-label",
      "the base's label 'ghost' stands for a node that the base hasn't"
    ),
    (
      .init(
        "a labelled node without a phandle",
        base: board + "/ { __symbols__ { bare = \"/chosen\"; }; };", symbols: false,
        plugin("&bare { here; };")), "unknown-label",
      "the base's node /chosen, label 'bare', has no phandle"
    ),
    (
      .init(
        "a target that isn't there",
        plugin("&{/soc/serial@9000001} { here; };")), "unknown-target",
      "target-path '/soc/serial@9000001' is not in the base: /soc has no child 'serial@9000001'; did "
        + "you mean 'serial@9000000'?"
    ),
    (
      .init(
        "a target that is no path",
        plugin("/ { fragment@0 { target-path = \"soc\"; __overlay__ { here; }; }; };")),
      "unknown-target", "target-path 'soc' starts with no '/', and with no alias of the base"
    ),
    (
      .init(
        "a fragment without a target",
        plugin("/ { fragment@0 { __overlay__ { here; }; }; };")), "bad-overlay",
      "a fragment with neither target nor target-path"
    ),
    (
      .init(
        "a target that nothing fills in",
        plugin("/ { fragment@0 { target = <0xffffffff>; __overlay__ { here; }; }; };")),
      "bad-overlay", "target was never filled in"
    ),
    (
      .init(
        "a target of another length",
        plugin("/ { fragment@0 { target = [00 01]; __overlay__ { here; }; }; };")),
      "bad-overlay", "target has 2 bytes"
    ),
    (
      .init(
        "a target by a number that no node has",
        plugin("/ { fragment@0 { target = <0x999>; __overlay__ { here; }; }; };")),
      "unknown-target", "no node of the base has the phandle 0x999"
    ),
    (
      .init(
        "a place without an offset",
        plugin(fragment + "/ { __fixups__ { uart = \"/fragment@0:target\"; }; };")), "bad-fixup",
      "'/fragment@0:target' is no place for 'uart'"
    ),
    (
      .init(
        "a place without a property",
        plugin(fragment + "/ { __fixups__ { uart = \"/fragment@0::0\"; }; };")), "bad-fixup",
      "'/fragment@0::0' is no place"
    ),
    (
      .init(
        "an offset that is no number",
        plugin(fragment + "/ { __fixups__ { uart = \"/fragment@0:target:four\"; }; };")),
      "bad-fixup", "is no place"
    ),
    (
      .init(
        "an offset behind the value",
        plugin(fragment + "/ { __fixups__ { uart = \"/fragment@0:target:1\"; }; };")),
      "bad-fixup", "the value ends before the offset does"
    ),
    (
      .init(
        "a place in a node that isn't there",
        plugin(fragment + "/ { __fixups__ { uart = \"/fragment@1:target:0\"; }; };")),
      "bad-fixup", "the overlay has no such node"
    ),
    (
      .init(
        "a place in a property that isn't there",
        plugin(fragment + "/ { __fixups__ { uart = \"/fragment@0:aim:0\"; }; };")), "bad-fixup",
      "the node has no such property"
    ),
    (
      .init(
        "places that are no strings",
        plugin(fragment + "/ { __fixups__ { uart = [2f 41]; }; };")), "bad-fixup",
      "the places of 'uart' are not strings"
    ),
    (
      .init(
        "an empty list of places",
        plugin(fragment + "/ { __fixups__ { uart; }; };")), "bad-fixup",
      "the places of 'uart' are not strings"
    ),
    (
      .init(
        "local places in a node that isn't there",
        plugin(fragment + "/ { __local_fixups__ { nowhere { a = <0>; }; }; };")), "bad-fixup",
      "/ has no child 'nowhere'"
    ),
    (
      .init(
        "local places in a property that isn't there",
        plugin(fragment + "/ { __local_fixups__ { fragment@0 { a = <0>; }; }; };")), "bad-fixup",
      "/fragment@0 has no 'a'"
    ),
    (
      .init(
        "local places that are no cells",
        plugin(fragment + "/ { __local_fixups__ { fragment@0 { target = [00]; }; }; };")),
      "bad-fixup", "the offsets of 'target' are not cells"
    ),
    (
      .init(
        "local places behind the value",
        plugin(fragment + "/ { __local_fixups__ { fragment@0 { target = <64>; }; }; };")),
      "bad-fixup", "lies outside the value of 4 bytes"
    ),
    (
      .init(
        "a phandle of another length",
        plugin("&uart { a { phandle = [00]; }; };")), "bad-phandle", "phandle has 1 bytes"
    ),
    (
      .init(
        "no phandle left",
        base: board.replacingOccurrences(
          of: "clk: clock {", with: "clk: clock { phandle = <0xfffffffe>;"),
        plugin("&soc { a: a { }; user { link = <&a>; }; };")), "bad-phandle",
      "no phandle is left for this node: the base's go up to 0xfffffffe"
    ),
    (
      .init(
        "a label that stands for no path",
        plugin(fragment0 + "/ { __symbols__ { odd = <1 2>; }; };")), "bad-overlay",
      "the label 'odd' stands for no path"
    ),
    (
      .init(
        "a label in a fragment that isn't there",
        plugin(fragment0 + "/ { __symbols__ { odd = \"/other/__overlay__/x\"; }; };")),
      "bad-overlay", "which is no fragment"
    ),
  ]

  /// A fragment whose target is to be filled in by hand.
  private static let fragment =
    "/ { fragment@0 { target = <0xffffffff>; __overlay__ { here; }; }; };\n"
  private static let fragment0 =
    "/ { fragment@0 { target-path = \"/soc\"; __overlay__ { here; }; }; };\n"
}

import DeviceTree
import Diagnostics
import GuestView

/// A PrimeCell needs the clock of its bus.
enum PrimecellWithoutClock: Rule {
  static let id = "guest/primecell-without-clock"
  static let severity = Severity.error
  static let summary = "a PrimeCell has no clock apb_pclk, or one that is disabled"
  static let rationale = """
    Before an AMBA device is given to a driver, its clock apb_pclk is turned on, so that its \
    identification can be read. Where that fails the device waits for a clock for ever. A PL011 takes \
    its first clock besides, whatever that is called.
    """
  static let consequence =
    "no driver binds to the device: a serial port is no console once the early one is gone"
  static let logLine: String? = "deferred probe pending: (reason unknown)"
  static let help = """
    describe a fixed-clock, name it in clocks of the device, and call it apb_pclk in clock-names
    """
  static let exceptions = "Clocks that no node describes at all: the reference is reported then."
  static let sources = [
    Source.linux("drivers/amba/bus.c", "amba_match", "amba_get_enable_pclk"),
    .linux("drivers/clk/clk.c", "of_parse_clkspec", "of_clk_init"),
    .linux("drivers/tty/serial/amba-pl011.c", "pl011_probe"), .binding("arm/primecell.yaml"),
    .observed("amba 9000000.pl011: deferred probe pending: (reason unknown)"),
  ]
  static let silencedBy: [any Rule.Type] = [DanglingReference.self, ReferenceToNonProvider.self]
  static let good = [
    Example(
      """
      &serial {
        clocks = <&clock>, <&clock>;
        clock-names = "uartclk", "apb_pclk";
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &serial {  // finding
        /delete-property/ clocks;
        /delete-property/ clock-names;
      };
      """),
    Example(
      """
      &serial {
        clocks = <&clock>;
        clock-names = "uartclk";  // finding
      };
      """),
    Example(
      """
      &clock {
        status = "disabled";  // finding
      };
      &serial {
        clocks = <&clock>, <&clock>;
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    var users: [(clock: FlattenedTree.Node, spot: Spot)] = []
    for node in view.nodes(compatibleWith: "arm,primecell") where view.isInstantiated(node) {
      guard let clocks = node.property("clocks") else {
        report("the PrimeCell has no clocks", at: .node(node), expected: "a clock apb_pclk")
        continue
      }
      let names = node.property("clock-names")
      guard let index = names?.strings?.firstIndex(of: "apb_pclk") else {
        report(
          "no clock of the PrimeCell is apb_pclk", at: .property(names ?? clocks),
          found: names?.strings.map { $0.map { "\"\($0)\"" }.joined(separator: ", ") },
          expected: "\"apb_pclk\" in clock-names")
        continue
      }
      let needed = node.isCompatible("arm,pl011") ? [index, 0] : [index]
      for index in needed {
        guard let (cell, clock) = provider(index, of: clocks, view), !view.isEnabled(clock) else {
          continue
        }
        users.append((clock, .element(clocks, index, cells: cell..<(cell + 1))))
        break
      }
    }
    reportDisabled(users, &report)
  }

  /// A clock is told of once, with those that wait for it.
  private static func reportDisabled(
    _ users: [(clock: FlattenedTree.Node, spot: Spot)], _ report: inout Reporter
  ) {
    var told: Set<Int> = []
    for (clock, _) in users where told.insert(clock.index).inserted {
      let waiting = users.filter { $0.clock == clock }.map(\.spot)
      report(
        waiting.count == 1
          ? "the clock of a PrimeCell is disabled"
          : "the clock of \(waiting.count) PrimeCells is disabled",
        at: clock.property("status").map(Spot.property) ?? .node(clock),
        expected: "an enabled clock",
        related: waiting.prefix(4).map { Party("waits for the clock", at: $0) })
    }
  }

  /// The cell and the node of the entry at `index`; nil where it can't be told.
  private static func provider(
    _ index: Int, of clocks: FlattenedTree.Property, _ view: GuestView
  ) -> (cell: Int, node: FlattenedTree.Node)? {
    var cell = 0
    for _ in 0..<index {
      guard let phandle = clocks.cell(cell) else { return nil }
      let cells = view.phandles.node(for: phandle)?.property("#clock-cells")?.cell(0) ?? 0
      guard cells <= 16 else { return nil }
      cell += 1 + Int(cells)
    }
    return clocks.cell(cell).flatMap(view.phandles.node(for:)).map { (cell, $0) }
  }
}

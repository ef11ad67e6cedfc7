import DeviceTree
import Diagnostics
import GuestView

/// A private interrupt of a GIC has one user.
enum PrivateInterruptShared: Rule {
  static let id = "guest/private-interrupt-shared"
  static let severity = Severity.error
  static let summary = "two enabled nodes have the same private interrupt"
  static let rationale = """
    Each CPU has sixteen private interrupts, and each of them one source: the timers, the PMU, \
    the virtual machine's maintenance. Whoever asks second for one is refused, and what the \
    other raises is taken for what it is not.
    """
  static let consequence = """
    the second driver gets no interrupt; where it is the timer's, the guest hangs
    """
  static let help = "give each its own: 13, 14, 11 and 10 to the timer, 7 to the PMU"
  static let exceptions = """
    Two PMUs, which belong to different CPUs. A warning where neither is the timer, and for a \
    node that lists one twice.
    """
  static let sources = [
    Source.linux("kernel/irq/manage.c", "__request_percpu_irq", "__setup_irq"),
    .binding("interrupt-controller/arm,gic-v3.yaml"),
    .observed("the virtual timer on the interrupt of the PMU: the boot hangs"),
  ]
  static let good = [
    Example(
      """
      / {
        pmu {
          compatible = "arm,armv8-pmuv3";
          interrupts = <1 7 4>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        pmu {
          compatible = "arm,armv8-pmuv3";
          interrupts = <1 11 4>;  // finding
        };
      };
      """),
    Example(
      """
      / {
        timer {
          interrupts = <1 13 4>, <1 11 4>, <1 11 4>, <1 10 4>;  // finding
        };
      };
      """),
  ]

  private struct Use {
    let controller: Int
    let number: UInt32
    let property: Int
    let index: Int
    let cells: Range<Int>
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    var uses: [Use] = []
    view.visitEnabledInterrupts { property, index, cells, controller in
      guard view.isGIC(nodeAt: controller),
        let gic = GICInterrupt(property, at: cells.lowerBound, count: cells.count),
        gic.kind == .ppi,
        gic.number < 16
      else { return }
      uses.append(
        Use(
          controller: controller, number: gic.number, property: property.index, index: index,
          cells: cells))
    }
    uses.sort {
      ($0.controller, Int($0.number), $0.property, $0.index)
        < ($1.controller, Int($1.number), $1.property, $1.index)
    }
    for (first, second) in zip(uses, uses.dropFirst())
    where first.controller == second.controller && first.number == second.number {
      let properties = [first, second].map { view.tree.properties[$0.property] }
      let (one, other) = (properties[0].node, properties[1].node)
      guard !(isPMU(one) && isPMU(other)) else { continue }
      report(
        one == other
          ? "the node lists PPI \(second.number) twice"
          : "PPI \(second.number) is also an interrupt of \(one.name)",
        at: .element(properties[1], second.index, cells: second.cells),
        found: "PPI \(second.number)", expected: "a private interrupt of its own",
        related: [
          Party(
            "has the same interrupt", at: .element(properties[0], first.index, cells: first.cells))
        ], severity: one != other && (isTimer(one) || isTimer(other)) ? nil : .warning)
    }
  }

  /// Clusters of CPUs have a PMU each, and all the same number.
  private static func isPMU(_ node: FlattenedTree.Node) -> Bool {
    node.baseName.contains("pmu")
      || node.property("compatible")?.strings?.contains { $0.contains("pmu") } ?? false
  }

  private static func isTimer(_ node: FlattenedTree.Node) -> Bool {
    node.isCompatible("arm,armv8-timer") || node.isCompatible("arm,armv7-timer")
  }
}

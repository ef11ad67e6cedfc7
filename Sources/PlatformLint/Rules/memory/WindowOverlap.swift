import DeviceTree
import Diagnostics
import GuestView

/// The windows of two devices must not overlap.
enum WindowOverlap: Rule {
  static let id = "memory/window-overlap"
  static let severity = Severity.error
  static let summary = "the windows of two devices overlap"
  static let rationale = """
    A driver requests its window before it maps it, and the second one to ask is refused. Two nodes \
    with the same start even have the same name, and the second device is never made.
    """
  static let consequence = "one of the devices does not come up"
  static let logLine: String? = "<device>: error -16: can't request region for resource"
  static let help = "give each device a window of its own; windows may share a page"
  static let exceptions = """
    A node inside another one, and parts of a system controller (syscon, simple-mfd), share windows \
    on purpose; nobody requests the reg of a simple-bus. Between devices other than virtio-mmio \
    devices and PCI hosts it is a warning, since some drivers map without a request.
    """
  static let sources = [
    Source.linux("kernel/resource.c", "__request_region"),
    .linux("lib/devres.c", "__devm_ioremap_resource"),
    .observed("error -16, and with the same start: cannot create duplicate filename"),
  ]
  static let good = [
    Example(
      """
      / {
        virtio@a000400 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa000400 0x0 0x200>;
          interrupts = <0 18 1>;
          dma-coherent;
          memory-region = <&bounce>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        reg = <0x0 0xa000000 0x0 0x1000>;
      };
      &net {
        reg = <0x0 0xa000200 0x0 0x200>;  // finding
      };
      """),
    Example(
      """
      / {
        rtc@a000000 {
          compatible = "google,goldfish-rtc";
          reg = <0x0 0xa000000 0x0 0x200>;  // finding
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let claims = view.addressMap.claims(.deviceWindow, .pciWindow)
    for (first, second) in Overlaps.pairs(among: claims, by: \.range) {
      guard let one = first.node, let other = second.node, one != other,
        !contains(one, other), !contains(other, one), !shares(one), !shares(other)
      else { continue }
      report(
        first.range == second.range
          ? "the window is also that of \(one.name)" : "the window overlaps that of \(one.name)",
        at: .claim(second), found: "\(second.range)",
        expected: "nothing in common with \(first.range)",
        related: [Party("has its window at \(first.range)", at: .claim(first))],
        severity: isCertain(first) || isCertain(second) ? nil : .warning, log: log(of: second))
    }
  }

  private static func contains(_ node: FlattenedTree.Node, _ other: FlattenedTree.Node) -> Bool {
    node.index < other.index && other.index <= node.index + node.descendants.count
  }

  private static func shares(_ node: FlattenedTree.Node) -> Bool {
    ["syscon", "simple-mfd", "simple-bus", "simple-pm-bus"].contains(where: node.isCompatible)
  }

  /// An AMBA device requests its window when it is made; a driver of an interrupt controller maps its
  /// own without asking, and of others it is not known.
  ///
  /// **Source:** Linux `drivers/of/platform.c`, `of_amba_device_create`.
  private static func log(of claim: Claim) -> LogText {
    if isCertain(claim) { return .ofRule }
    guard let node = claim.node, node.isCompatible("arm,primecell") else { return .nothing }
    return .line("OF: amba_device_add() failed (-16) for \(node.path)")
  }

  /// Whether the driver is known to request the window.
  private static func isCertain(_ claim: Claim) -> Bool {
    claim.kind == .pciWindow || claim.node?.isCompatible("virtio,mmio") ?? false
      || claim.node?.isCompatible("pci-host-ecam-generic") ?? false
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// Shared memory that is a pool must hold nothing else.
enum OtherUseInside: PairRule {
  static let id = "shared/other-use-inside"
  static let severity = Severity.error
  static let summary = "something else is kept in memory through which devices bounce"
  static let rationale = """
    The frontend's kernel writes zeros over the whole pool when the first device attaches, and uses every \
    byte of it afterwards. A mailbox, a resource table of a remote processor or a log that outlives a \
    reboot is gone then, in whichever machine it is described.
    """
  static let consequence =
    "what the other user left there is overwritten with zeros, and later with buffers"
  static let help = "give the other user memory of its own"
  static let exceptions = """
    Other reserved regions with the same addresses, of which memory/region-overlap tells, and the driver \
    of the backend, which refers to the region to find the rings.
    """
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "swiotlb_init_io_tlb_pool"),
    .linux("drivers/remoteproc/remoteproc_virtio.c", "rproc_add_virtio_dev"),
    .binding("reserved-memory/ramoops.yaml"),
  ]
  static let goodPairs = [
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        more: """
          / {
            vhost-memory {
              compatible = "vendor,virtio-backend";
              memory-region = <&vrings>;
            };
          };
          """),
    ])
  ]
  static let badPairs = [
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        node: "log@50000000", nodeMark: PairExamples.finding,
        extra: """
          compatible = "ramoops";
          no-map;
          record-size = <0x10000>;
          """),
    ]),
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        more: """
          / {
            remoteproc {
              compatible = "vendor,remoteproc";
              memory-region = <&vrings>;  // finding
            };
          };
          """),
    ]),
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    if view.shares.isEmpty { return }
    let lists = view.machines.map { users(in: $0.view) }
    for share in view.shares {
      guard let frontend = share.frontends.first else { continue }
      for party in share.parties {
        guard let region = party.region else { continue }
        if let content = contents.first(where: region.node.isCompatible) {
          report(
            "the region is kept by its kernel as \(content), and the frontend clears it",
            at: .node(of: party), found: content, expected: "nothing but buffers",
            related: party.machine == frontend.machine
              ? [] : [PairParty("is cleared", at: .node(of: frontend))])
        }
        for property in lists[party.machine][region.node.index] ?? [] {
          report(
            "\(property.node.name) keeps something in memory that the frontend clears",
            at: .tree(party.machine, .property(property)),
            found: "\(property.name) with \(region.node.name)",
            expected: "memory of its own",
            related: [PairParty("is cleared", at: .node(of: frontend))])
        }
      }
    }
  }

  /// What regions are whose contents matter before anybody attaches.
  ///
  /// **Source:** Linux 6.12, `Documentation/devicetree/bindings/reserved-memory`.
  private static let contents = [
    "ramoops", "nvmem-rmem", "phram", "google,open-dice", "qcom,cmd-db", "qcom,rmtfs-mem",
    "framebuffer", "arm,scmi-shmem",
  ]

  /// The lists by which somebody finds structures in a region that are there before the DMA, by the
  /// position of the region; looked up, never walked.
  private static func users(in view: GuestView) -> [Int: [FlattenedTree.Property]] {
    var users: [Int: [FlattenedTree.Property]] = [:]
    for name in ["memory-region", "shmem", "sram"] {
      for property in view.enabledProperties(named: name) where keepsStructures(property, name) {
        var seen: Set<Int> = []
        for case .some(let target) in view.references(in: property)
        where seen.insert(target.index).inserted {
          users[target.index, default: []].append(property)
        }
      }
    }
    return users
  }

  private static func keepsStructures(_ property: FlattenedTree.Property, _ name: String) -> Bool {
    if name != "memory-region" { return true }
    let node = property.node
    let words = [node.baseName] + (node.property("compatible")?.strings ?? [])
    return words.contains { word in
      ["remoteproc", "rproc", "mailbox", "-mbox", "open-dice"].contains(where: word.contains)
    }
  }
}

import ACPI
import Diagnostics
import GuestView

/// The mappings of a root complex are for all functions that its hosts can have.
enum IORTIDsIncomplete: TableRule {
  static let id = "acpi/iort-ids-incomplete"
  static let severity = Severity.warning
  static let summary =
    "requester IDs of a PCI host are left out of the mappings of its root complex"
  static let rationale = """
    A function has an ITS if its requester ID falls into a mapping of the root complex that leads there, straight or by an \
    SMMU. The table has the number of ids less one: a count of 0 is one id, that of the function 00:00.0 alone.
    """
  static let consequence = """
    functions with these requester IDs have no message-signalled interrupts, and no SMMU in front of them
    """
  static let logExample: String? =
    "virtio_blk virtio2: probe with driver virtio_blk failed with error -524"
  static let help = "write a mapping from id 0 with a count of 0xffff, for all requester IDs"
  static let exceptions = """
    Root complexes without any mapping, tables without an ITS, and segments of which no host is in the namespace.
    """
  static let sources = [
    Source.linux("drivers/acpi/arm64/iort.c", "iort_id_map", "iort_node_map_id"),
    .program("Arm DEN 0049E", "section 3.1, table 4"),
  ]
  private static func table(_ count: UInt32, behindSMMU: UInt32? = nil) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      guard let behindSMMU else {
        return try IORT([
          IORTNode(.its([0])),
          IORTNode(
            .rootComplex(IORTRootComplex()), mappings: [IORTMapping(count: count, output: 0)]),
        ]).bytes()
      }
      return try IORT([
        IORTNode(.its([0])),
        IORTNode(
          .smmuV3(IORTSMMUv3(base: 0x0905_0000, firstInterrupt: 106)),
          mappings: [IORTMapping(count: behindSMMU, output: 0)]),
        IORTNode(
          .rootComplex(IORTRootComplex()), mappings: [IORTMapping(count: count, output: 1)]),
      ]).bytes()
    }
  }
  private static func example(_ iort: [UInt8], at places: [String] = []) -> TableExample {
    TableExample(
      in: .arm64WithITS, at: places, [TableExamples.pciHost()], with: [TableExamples.mcfg(), iort])
  }
  static let goodTables = [
    example(table(0x1_0000)), example(table(0x1_0000, behindSMMU: 0x1_0000)),
  ]
  static let badTables = [
    example(table(1), at: ["IORT: node[1]"]),
    example(table(0x1_0000, behindSMMU: 0x100), at: ["IORT: node[2]"]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let iort = view.iort, let nodes = iort.content?.nodes, nodes.contains(where: \.isITS)
    else { return }
    for (index, node) in nodes.enumerated() {
      guard case .rootComplex(let complex) = node.kind, !node.mappings.isEmpty else { continue }
      let mappings = node.mappings.filter { !$0.isSingle }
      let mapped = RangeSet(mappings.compactMap(\.inputs))
      let served = RangeSet(
        mappings.flatMap { mapping in
          nodes.indices.contains(mapping.output)
            ? inputs(of: mapping, servedBy: nodes[mapping.output]) : []
        })
      for host in view.pciHosts where host.device.isPresent {
        guard host.segment == UInt64(complex.segment), let ids = requesterIDs(of: host) else {
          continue
        }
        let isMapped = mapped.contains(ids)
        guard let gap = gap(in: isMapped ? served : mapped, of: ids) else { continue }
        report(
          isMapped
            ? "functions of \(host.device.path) are mapped to an SMMU that maps them to no ITS"
            : "functions of \(host.device.path) are in no mapping of the root complex",
          at: TablePlace(iort: iort.number, node: index, at: node.byteOffset),
          found:
            "nothing for requester IDs \(ByteText.hex(gap.first)) to \(ByteText.hex(gap.last))",
          expected: "a mapping for each requester ID of the host",
          consequence: isMapped
            ? "functions with these requester IDs have no message-signalled interrupts" : nil)
      }
    }
  }

  private static func requesterIDs(of host: TablePCIHost) -> AddressRange? {
    guard let first = host.buses?.range?.first ?? host.baseBus else { return nil }
    let last = host.buses?.range?.last ?? first
    guard last <= 0xff else { return nil }
    return AddressRange(from: first << 8, through: last << 8 | 0xff)
  }

  /// The ids of `mapping` that come to an ITS by what it leads to.
  private static func inputs(
    of mapping: IORTMapping, servedBy node: IORTNode
  ) -> [AddressRange] {
    guard let inputs = mapping.inputs else { return [] }
    // Another node is another rule's matter, and so is an SMMU that knows no ITS at all.
    let next = node.mappings.filter { !$0.isSingle }
    guard node.isSMMU, !next.isEmpty else { return [inputs] }
    let outputBase = UInt64(mapping.outputBase)
    guard let outputs = AddressRange(at: outputBase, size: UInt64(mapping.count)) else { return [] }
    return next.compactMap { $0.inputs?.intersection(outputs) }.compactMap { common in
      AddressRange(
        from: common.first - outputBase + inputs.first,
        through: common.last - outputBase + inputs.first)
    }
  }

  private static func gap(in set: RangeSet, of wanted: AddressRange) -> AddressRange? {
    var next = wanted.first
    for range in set.ranges where range.last >= next {
      if range.first > next { break }
      guard range.last < wanted.last else { return nil }
      next = range.last + 1
    }
    let end = set.ranges.first { $0.first > next }.map { min($0.first - 1, wanted.last) }
    return AddressRange(from: next, through: end ?? wanted.last)
  }
}

extension IORTMapping {
  /// The ids that come in.
  fileprivate var inputs: AddressRange? {
    AddressRange(at: UInt64(inputBase), size: UInt64(count))
  }
}

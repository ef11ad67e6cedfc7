import ACPI
public import DeviceTree

/// A device tree and ACPI tables that describe one machine, side by side.
///
/// What each means to a guest, ``GuestView`` and ``TablesView`` say; here is which parts of both are the
/// same, in the terms of tables. Nothing here judges.
public final class ParityView: Sendable {
  /// The tree.
  public let tree: GuestView
  /// The tables.
  public let tables: TablesView
  /// What a guest goes by that is given both; nil where nobody tells.
  public let preference: DescriptionPreference?
  /// The devices that both describe, in the order of their addresses in the tree.
  public let devices: [DevicePair]
  /// The devices that only the tree has, of those with registers.
  public let loneNodes: [NodeWithWindow]
  /// The devices that only the tables have, of those with registers.
  public let loneDevices: [DeviceWithWindow]
  /// The PCI hosts that both describe.
  public let hosts: [HostPair]
  /// Those that only the tree has.
  public let loneHosts: [PCIHost]
  /// Those that only the tables have.
  public let loneTableHosts: [TablePCIHost]
  private let bases: InterruptBases
  private let treeTranslations: TreeTranslations
  private let tableTranslations: TableTranslations
  private let treeMessages: TreeMessages
  private let tableMessages: TableMessages

  /// Looks at both; `preference` is what somebody knows of what the guest goes by.
  public init(
    tree: GuestView, tables: TablesView, preference known: DescriptionPreference? = nil
  ) {
    self.tree = tree
    self.tables = tables
    preference =
      known
      ?? DescriptionPreference(
        tree, on: tables.architecture?.architecture ?? tree.architecture)
    let devices = DeviceMatching(tree, tables)
    self.devices = devices.pairs
    loneNodes = devices.loneNodes
    loneDevices = devices.loneDevices
    let hosts = HostMatching(tree, tables)
    self.hosts = hosts.pairs
    loneHosts = hosts.loneHosts
    loneTableHosts = hosts.loneOthers
    bases = InterruptBases(tables.madt?.content)
    treeTranslations = TreeTranslations(tree)
    tableTranslations = TableTranslations(tables)
    treeMessages = TreeMessages(tree)
    tableMessages = TableMessages(tables)
  }

  /// Whether both can be of one machine: their processors are not known to differ.
  public var isOfOneProcessor: Bool {
    guard let one = tree.architecture, let other = tables.architecture?.architecture else {
      return true
    }
    return one == other
  }

  /// Whether the tables are all that a guest has, so that what they don't have is missing.
  public var hasWholeTables: Bool { !tables.set.tables(named: "DSDT").isEmpty }

  /// Whether the tree describes a machine, so that what it doesn't have is missing, and isn't one that a boot loader
  /// hands on beside tables.
  public var hasWholeTree: Bool { !tree.cpus.isEmpty }

  /// The interrupts of `node` by their global numbers; nil where one of them has none that is known.
  public func interrupts(of node: FlattenedTree.Node) -> [WiredInterrupt]? {
    var interrupts: [WiredInterrupt] = []
    for specifier in tree.interrupts(of: node) {
      guard let interrupt = wired(specifier) else { return nil }
      interrupts.append(interrupt)
    }
    return interrupts
  }

  private func wired(_ specifier: InterruptSpecifier) -> WiredInterrupt? {
    if let gic = specifier.gic {
      return WiredInterrupt(
        specifier: specifier, number: gic.interruptID, mode: InterruptMode(trigger: gic.trigger))
    }
    guard let source = specifier.property.cell(specifier.cells.lowerBound),
      let base = bases.base(
        ofControllerAt: tree.registers(of: specifier.controller).first?.range?.first)
    else { return nil }
    let trigger =
      specifier.cells.count > 1
      ? specifier.property.cell(specifier.cells.lowerBound + 1) : nil
    return WiredInterrupt(
      specifier: specifier, number: base + UInt64(source),
      mode: trigger.flatMap { InterruptMode(trigger: $0 & 0xf) })
  }

  /// The IOMMU of a device beside PCI, by the tree and by the tables.
  public func translations(
    of device: DMADevice, _ other: TableDevice
  ) -> (tree: RequesterTranslation?, tables: RequesterTranslation?) {
    (treeTranslations.translation(of: device), tableTranslations.translation(of: other))
  }

  /// So many places are looked at where maps say something else from there on.
  private static let mostEdges = 4096

  /// The first requester ID of which both say something else, with what they say; nil where they agree.
  ///
  /// Between two edges both count on alike, so that it is enough to look at the first ID behind each.
  public func translationDifference(
    of pair: HostPair
  ) -> (requester: UInt32, tree: RequesterTranslation?, tables: RequesterTranslation?)? {
    guard let segment = pair.others.first?.segment else { return nil }
    var edges = Set(treeTranslations.edges(of: pair.host))
    edges.formUnion(tableTranslations.edges(ofSegment: segment))
    edges.insert(pair.host.requesterIDs.lowerBound)
    let roots = Set(pair.others.compactMap { $0.buses?.range?.first ?? $0.baseBus })
    let known = Set(pair.host.functions.map { UInt32($0.requesterID) })
    for edge in edges.sorted().prefix(Self.mostEdges) {
      guard pair.host.requesterIDs.contains(edge) else { continue }
      let one = treeTranslations.translation(ofRequester: edge, of: pair.host)
      let other = tableTranslations.translation(ofRequester: edge, segment: segment)
      guard one != other else { continue }
      // QEMU's tables name the buses that there are, and trees those that there can be.
      if other == nil, !known.contains(edge), !roots.contains(UInt64(edge) >> 8) { continue }
      return (edge, one, other)
    }
    return nil
  }

  /// The first requester ID whose messages both send elsewhere, with where; nil where they agree, or where something
  /// else than an ITS takes them in the tree.
  public func messageDifference(
    of pair: HostPair
  ) -> (requester: UInt32, tree: MessageTranslation?, tables: MessageTranslation?)? {
    guard let segment = pair.others.first?.segment, treeMessages.isOfITSs(pair.host) else {
      return nil
    }
    var edges = Set(treeMessages.edges(of: pair.host))
    edges.formUnion(tableMessages.edges(ofSegment: segment))
    edges.insert(pair.host.requesterIDs.lowerBound)
    for edge in edges.sorted().prefix(Self.mostEdges) {
      guard pair.host.requesterIDs.contains(edge) else { continue }
      let one = treeMessages.translation(ofRequester: edge, of: pair.host)
      let other = tableMessages.translation(ofRequester: edge, segment: segment)
      guard one != other else { continue }
      // An ITS that one of both hasn't is another difference.
      if let other, !treeMessages.hasITS(at: other.its) { continue }
      if let one, !tableMessages.hasITS(at: one.its) { continue }
      return (edge, one, other)
    }
    return nil
  }
}

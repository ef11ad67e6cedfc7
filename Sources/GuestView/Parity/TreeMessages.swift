import DeviceTree

/// Where a tree sends the messages of PCI's functions.
///
/// **Source:** Linux `drivers/of/irq.c`, `of_msi_map_id`, `of_msi_map_get_device_domain`.
struct TreeMessages {
  private let view: GuestView

  init(_ view: GuestView) { self.view = view }

  /// Whether all that takes messages of `host` are ITSs: of an MSI frame tables tell otherwise.
  func isOfITSs(_ host: PCIHost) -> Bool {
    guard let map = host.msiMap else { return parent(of: host).map { its($0) != nil } ?? true }
    return map.rows.allSatisfy { row in row.target.map { its($0) != nil } ?? false }
  }

  /// Whether there is an ITS at this address.
  func hasITS(at address: UInt64) -> Bool {
    view.nodes(compatibleWith: "arm,gic-v3-its").contains { its($0) == address }
  }

  /// Where the messages of a function of `host` go; nil for nowhere.
  func translation(ofRequester id: UInt32, of host: PCIHost) -> MessageTranslation? {
    guard let map = host.msiMap else {
      return parent(of: host).flatMap(its).map { MessageTranslation(its: $0, id: id) }
    }
    guard let requester = UInt16(exactly: id), let row = map.row(for: requester),
      let address = row.target.flatMap(its)
    else { return nil }
    return MessageTranslation(its: address, id: row.output &+ ((id & map.mask) &- row.first))
  }

  /// The IDs at which something else may begin.
  func edges(of host: PCIHost) -> [UInt32] {
    (host.msiMap?.rows ?? []).flatMap { [$0.first, $0.first &+ $0.length] }
  }

  private func parent(of host: PCIHost) -> FlattenedTree.Node? {
    host.node.property("msi-parent")?.cell(0).flatMap(view.phandles.node(for:))
  }

  private func its(_ node: FlattenedTree.Node) -> UInt64? {
    guard node.isCompatible("arm,gic-v3-its") else { return nil }
    return view.registers(of: node).first?.range?.first
  }
}

import DeviceTree
import Diagnostics
import GuestView

/// A pool holds what all its devices keep in it.
enum PoolTooSmallForDevices: Rule {
  static let id = "dma/pool-too-small-for-devices"
  static let severity = Severity.error
  static let summary =
    "the devices of a restricted pool take more than it has before they do anything"
  static let rationale = """
    The rings of every device lie in its pool, and so do the buffers that a network device, a console, an \
    input device and a socket keep ready to be filled. The first devices to come up take what they can \
    get, and the others find nothing.
    """
  static let consequence = """
    a driver fails with error -12, or a network device receives and can not send
    """
  static let logLine: String? = "swiotlb buffer is full"
  static let help = """
    make the pool larger by what the devices transfer at a time, or give a console one port instead of 31
    """
  static let exceptions = """
    Devices whose queues the features do not list; and what is needed on top of this, which is a matter of \
    the load.
    """
  static let sources = [
    Source.linux("drivers/virtio/virtio_ring.c", "vring_alloc_queue_split"),
    .linux("drivers/net/virtio_net.c", "try_fill_recv"),
    .linux("drivers/char/virtio_console.c", "fill_queue"),
    .observed(
      "a console of 31 ports takes 10 MiB, and fails with 8; a network device starves in 2"),
  ]
  static let needs: Inputs = [.tree, .features]
  static let silencedBy: [any Rule.Type] = [PoolTooSmall.self]

  private static let features = DeviceFeatures(devices: [
    .init(
      node: "/virtio@a000000", type: 3, featureBits: [1, 32, 33],
      queueSizes: Array(repeating: 1024, count: 64)),
    .init(node: "/virtio@a000200", type: 1, featureBits: [32, 33], queueSizes: [256, 256]),
  ])
  static let good = [
    Example(features: features, "&bounce {\n  reg = <0x0 0x5f000000 0x0 0xc00000>;\n};")
  ]
  static let bad = [
    Example(
      features: features, "&bounce {\n  reg = <0x0 0x5f000000 0x0 0x800000>;  // finding\n};")
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let users = view.poolUsers
    for pool in view.restrictedPools where pool.refusal == nil {
      guard let size = pool.size, let spot = PoolSize.spot(of: pool, view) else { continue }
      let needs = (users[pool.node.index] ?? []).compactMap { device in
        RestingNeed.slots(of: device).map { (device: device, slots: $0) }
      }
      let need = needs.reduce(UInt64(0)) { $0 + $1.slots } * RestrictedPool.slotSize
      guard need > size else { continue }
      report(
        "the devices of the pool keep more in it than there is room for", at: spot,
        found: ByteText.hexAndSize(size),
        expected:
          "more than \(ByteText.hexAndSize(need)), which \(needs.count) devices take at rest",
        related: needs.sorted {
          ($1.slots, $0.device.node.index, $0.device.requesterID ?? 0)
            < ($0.slots, $1.device.node.index, $1.device.requesterID ?? 0)
        }
        .prefix(4).map { need in
          Party(
            "takes \(ByteText.size(need.slots * RestrictedPool.slotSize))",
            at: .device(need.device))
        })
    }
  }
}

/// One of QEMU's virtio devices: its name, and the properties by which features are switched.
///
/// **Source:** QEMU 7.2, the `Property` tables of `hw/{block,char,display,net,scsi,virtio}/virtio-*.c`;
/// what a device offers whatever is asked of it was read from the devices by `x-query-virtio-status`.
struct QEMUModel {
  /// The virtio device ID.
  var deviceID: Int
  /// The name without the transport: `virtio-blk`.
  var stem: String
  /// Properties that switch one feature each.
  var switches: [Switch] = []
  /// The bits that are always offered.
  var always: Set<Int> = []
  /// The property for the number of queues; nil where there is none.
  var queueCount: String?
  /// The properties for the sizes of queues, by the beginning of the queue's name; an empty one is for all.
  var queueSizes: [(queue: String, property: String)] = []
  /// Whether the properties that every device has change nothing.
  var isFixed = false
  /// Further names of devices of this type.
  var others: Set<String> = []

  /// All its properties that switch a feature.
  var allSwitches: [Switch] { isFixed ? switches : switches + Self.common }

  /// A property that is on or off.
  struct Switch {
    /// The bit.
    var bit: Int
    /// The name of the property.
    var property: String
    /// Whether it is on where nobody says so.
    var isOnByDefault: Bool

    init(_ bit: Int, _ property: String, _ isOnByDefault: Bool = true) {
      self.bit = bit
      self.property = property
      self.isOnByDefault = isOnByDefault
    }
  }

  /// What every device has: VERSION_1 is on behind any transport that isn't legacy.
  static let common = [
    Switch(28, "indirect_desc"), Switch(29, "event_idx"), Switch(33, "iommu_platform", false),
    Switch(34, "packed", false), Switch(40, "queue_reset"),
  ]

  /// The models by device ID.
  static let all: [Int: QEMUModel] = {
    var models: [Int: QEMUModel] = [:]
    for model in known { models[model.deviceID] = model }
    return models
  }()

  /// The model of the device that `-device NAME` names, and whether it is behind PCI; nil for what isn't
  /// known here.
  static func named(_ name: String) -> (model: QEMUModel, isPCI: Bool)? {
    for (suffix, isPCI) in [
      ("-device", false), ("-pci-non-transitional", true), ("-pci-transitional", true),
      ("-pci", true),
    ] where name.hasSuffix(suffix) {
      let stem = String(name.dropLast(suffix.count))
      let usual = stem == "vhost-user-blk" ? "virtio-blk" : stem
      if let model = known.first(where: { $0.stem == usual || $0.others.contains(usual) }) {
        return (model, isPCI)
      }
    }
    return nil
  }

  private static let known: [QEMUModel] = [
    QEMUModel(
      deviceID: 1, stem: "virtio-net",
      switches: [
        Switch(0, "csum"), Switch(1, "guest_csum"), Switch(2, "ctrl_guest_offloads"),
        Switch(7, "guest_tso4"), Switch(8, "guest_tso6"), Switch(9, "guest_ecn"),
        Switch(10, "guest_ufo"), Switch(11, "host_tso4"), Switch(12, "host_tso6"),
        Switch(13, "host_ecn"), Switch(14, "host_ufo"), Switch(15, "mrg_rxbuf"),
        Switch(16, "status"), Switch(17, "ctrl_vq"), Switch(18, "ctrl_rx"),
        Switch(19, "ctrl_vlan"), Switch(20, "ctrl_rx_extra"), Switch(21, "guest_announce"),
        Switch(22, "mq", false), Switch(23, "ctrl_mac_addr"), Switch(57, "hash", false),
        Switch(60, "rss", false), Switch(61, "guest_rsc_ext", false),
        Switch(62, "failover", false),
      ], always: [5],
      queueSizes: [("receiveq", "rx_queue_size"), ("transmitq", "tx_queue_size")]),
    QEMUModel(
      deviceID: 2, stem: "virtio-blk",
      switches: [Switch(11, "config-wce"), Switch(13, "discard"), Switch(14, "write-zeroes")],
      always: [2, 4, 6, 9, 10], queueCount: "num-queues", queueSizes: [("", "queue-size")]),
    QEMUModel(
      deviceID: 3, stem: "virtio-serial", switches: [Switch(2, "emergency-write")]),
    QEMUModel(deviceID: 4, stem: "virtio-rng"),
    QEMUModel(
      deviceID: 5, stem: "virtio-balloon",
      switches: [
        Switch(2, "deflate-on-oom", false), Switch(3, "free-page-hint", false),
        Switch(4, "page-poison"), Switch(5, "free-page-reporting", false),
      ], always: [1]),
    QEMUModel(
      deviceID: 8, stem: "virtio-scsi",
      switches: [Switch(1, "hotplug"), Switch(2, "param_change")],
      queueCount: "num_queues", queueSizes: [("", "virtqueue_size")]),
    QEMUModel(deviceID: 9, stem: "virtio-9p", always: [0]),
    QEMUModel(
      deviceID: 16, stem: "virtio-gpu", switches: [Switch(1, "edid"), Switch(3, "blob", false)]),
    QEMUModel(
      deviceID: 18, stem: "virtio-keyboard",
      others: ["virtio-mouse", "virtio-tablet", "virtio-input-host"]),
    QEMUModel(deviceID: 19, stem: "vhost-vsock"),
    QEMUModel(deviceID: 20, stem: "virtio-crypto"),
    // Its features are fixed before most of its properties are looked at.
    QEMUModel(
      deviceID: 23, stem: "virtio-iommu", switches: [Switch(40, "queue_reset")],
      always: [0, 1, 2, 4, 5, 6, 28, 29], isFixed: true),
    QEMUModel(deviceID: 24, stem: "virtio-mem", always: [0, 1]),
    QEMUModel(
      deviceID: 26, stem: "vhost-user-fs", queueCount: "num-request-queues",
      queueSizes: [("", "queue-size")]),
  ]
}

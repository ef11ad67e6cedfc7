/// What a boot is expected to show.
enum Prediction {
  /// The device works, and bounced through this pool and nothing else.
  case confined(String, pool: String)
  /// The device works, and bounced through no restricted pool.
  case escapes(String)
  /// The device works behind an IOMMU.
  case translated(String)
  /// The device works, whatever way its DMA takes.
  case works(String)
  /// The guest has no such device.
  case absent(String)
  /// The device is there and no driver is bound to it.
  case driverless(String)
  /// The device's transfer never ends, or ends in an error.
  case stuck(String)
  /// The device doesn't work, in one of these ways.
  case fails(String)
  /// The guest never comes to its end.
  case hangs
  /// The kernel panics.
  case panics
  /// The guest runs on this many processors.
  case cpus(Int)
  /// A device with this node is bound to this driver; nil for none, or no device.
  case driver(String, String?)
  /// There is a restricted pool of this name.
  case pool(String)
  /// There is none.
  case noPool(String)
  /// The kernel logs a line with this text; `*` stands for anything.
  case logs(String)
  /// It doesn't.
  case doesNotLog(String)
  /// The log has no complaint that it doesn't have without the fault.
  case silent
  /// The process that serves the disk refuses its ring.
  case ringRefused
  /// The process that serves the disk got everything it needed.
  case ringAccepted
  /// Each of two guests reads in this region what the other one wrote.
  case meets(String)
  /// The second guest finds in this region what the disk of the first read and wrote, at the addresses
  /// that the first wrote into its virtqueues.
  case reaches(String)
  /// The gate lets no guest run, because of this rule.
  case gateRefuses(String)
  /// It finds all of that, and nothing of it at those addresses.
  case misses(String)

  /// The expectation in words.
  var text: String {
    switch self {
    case .confined(let device, let pool): "\(device) in \(pool) alone"
    case .escapes(let device): "\(device) outside any pool"
    case .translated(let device): "\(device) behind the IOMMU"
    case .works(let device): "\(device) works"
    case .absent(let device): "no \(device)"
    case .driverless(let device): "\(device) without a driver"
    case .stuck(let device): "\(device) stuck"
    case .fails(let device): "\(device) doesn't work"
    case .hangs: "hangs"
    case .panics: "panics"
    case .cpus(let count): count == 1 ? "1 CPU" : "\(count) CPUs"
    case .driver(let node, let driver): driver.map { "\(node) bound to \($0)" } ?? "\(node) unbound"
    case .pool(let name): "pool \(name)"
    case .noPool(let name): "no pool \(name)"
    case .logs(let text): "logs '\(text)'"
    case .doesNotLog(let text): "doesn't log '\(text)'"
    case .silent: "without a word"
    case .ringRefused: "the ring is refused"
    case .ringAccepted: "the ring is accepted"
    case .meets(let region): "each guest reads the other's word in \(region)"
    case .reaches(let region): "descriptors reach data in \(region) of the other guest"
    case .gateRefuses(let rule): "the gate refuses: \(rule)"
    case .misses(let region): "descriptors reach no data in \(region) of the other guest"
    }
  }

  /// The device that it is about.
  var device: String? {
    switch self {
    case .confined(let device, _), .escapes(let device), .translated(let device),
      .works(let device), .absent(let device), .driverless(let device), .stuck(let device),
      .fails(let device):
      device
    default: nil
    }
  }

  /// The region of both guests that it is about.
  var sharedRegion: String? {
    switch self {
    case .meets(let region), .reaches(let region), .misses(let region): region
    default: nil
    }
  }

  /// Whether it can only be met by a guest that never ends.
  var isHang: Bool {
    if case .hangs = self { true } else { false }
  }
}

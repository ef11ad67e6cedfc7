/// What a guest said of itself: the kernel's log, and in it the lines of our init.
struct GuestReport {
  /// A pool of the kernel's, as its counters stood.
  struct Pool: Equatable {
    var name: String
    var slots: Int
    var used: Int
  }

  /// A device on the virtio bus.
  struct Device: Equatable {
    /// What Linux calls it: `virtio0`.
    var name: String
    /// The number of its type in the specification.
    var type: Int
    /// The driver that is bound to it; nil for none.
    var driver: String?
    /// The transport, as Linux calls it: `a000000.virtio_mmio`, `0000:00:01.0`.
    var parent: String
    /// The path of the transport's node in the tree; nil where it has none.
    var node: String?
    /// Whether VIRTIO_F_ACCESS_PLATFORM was negotiated.
    var hasAccessPlatform: Bool
    /// The number of its IOMMU group; nil for none.
    var group: String?
    /// What the IOMMU does for the group: `DMA`, `identity`.
    var domain: String?
    /// What came of its transfer: `ok`, `differs`, `failed`, `stuck`, `none`; nil without a driver.
    var result: String?
    /// How many slots of each pool were in use at once while it transferred, by the pool's name.
    var peaks: [String: Int] = [:]
    /// The longest piece of memory in a request, in bytes; nil for what is no disk.
    var segment: UInt64?
  }

  /// What another guest's disk left in memory that both have.
  struct Traffic: Equatable {
    /// Sectors that were read from the disk.
    var read: Int
    /// Sectors that its kernel wrote to it.
    var written: Int
    /// What looks like descriptors of virtqueues.
    var descriptors: Int
    /// Those whose address is that of a sector, here too.
    var reaching: Int
  }

  /// The kernel's log, without the times.
  private(set) var log: [String] = []
  /// What the guest says of itself: kernel, machine, cpus, page, memory_kib.
  private(set) var guest: [String: String] = [:]
  /// The pools before the first transfer.
  private(set) var pools: [Pool] = []
  /// The devices on the virtio bus, those of the network last.
  private(set) var devices: [Device] = []
  /// The drivers of devices that have a node, by its path; nil for none.
  private(set) var drivers: [String: String?] = [:]
  /// Devices that waited for another one to the end.
  private(set) var deferred: [String] = []
  /// The sums over what was read, by device.
  private(set) var sums: [String: String] = [:]
  /// The words of another guest, by the region they were found in.
  private(set) var greetings: [String: String] = [:]
  /// What another guest's disk left, by the region it was found in.
  private(set) var shares: [String: Traffic] = [:]
  /// Whether the guest came to the end of its report.
  private(set) var hasEnded = false

  /// Why the kernel panicked; nil where it didn't.
  var panic: String? {
    let mark = "Kernel panic - not syncing: "
    return log.first { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
  }

  /// Reads what came out of the serial port of a guest whose init has this word.
  init(_ text: String, word: ReportWord = .written) {
    let mark = word.text + " "
    for raw in text.split(whereSeparator: \.isNewline) {
      let line = Self.withoutTime(raw.filter { $0 != "\r" })
      // Not anywhere in a line: the kernel names the tables that it finds by whoever made them.
      guard line.hasPrefix(mark) else {
        if !line.isEmpty { log.append(line) }
        continue
      }
      take(line.dropFirst(mark.count).split(separator: " ").map(String.init))
    }
  }

  /// `[    0.123456] text` without the time.
  private static func withoutTime(_ line: String) -> String {
    guard line.hasPrefix("["), let end = line.firstIndex(of: "]") else { return line }
    let inside = line[line.index(after: line.startIndex)..<end]
    guard !inside.isEmpty, inside.allSatisfy({ $0 == " " || $0 == "." || $0.isNumber }) else {
      return line
    }
    return String(line[line.index(after: end)...].drop { $0 == " " })
  }

  private mutating func take(_ words: [String]) {
    var fields: [String: String] = [:]
    for word in words.dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { fields[String(parts[0])] = String(parts[1]) }
    }
    func value(_ key: String) -> String? { fields[key].flatMap { $0 == "-" ? nil : $0 } }
    switch words.first {
    case "guest": guest = fields
    case "pool" where fields["when"] == "start":
      pools.append(
        Pool(
          name: fields["name"] ?? "", slots: Int(fields["slots"] ?? "") ?? 0,
          used: Int(fields["used"] ?? "") ?? 0))
    case "device":
      devices.append(
        Device(
          name: fields["name"] ?? "", type: Int(fields["type"] ?? "") ?? 0,
          driver: value("driver"), parent: fields["parent"] ?? "", node: value("node"),
          hasAccessPlatform: fields["platform"] == "1", group: value("group"),
          domain: value("domain")))
    case "block": change(fields["device"]) { $0.segment = UInt64(fields["segment"] ?? "") }
    case "bounce":
      change(fields["device"]) { $0.peaks[fields["pool"] ?? ""] = Int(fields["peak"] ?? "") }
    case "io": change(fields["device"]) { $0.result = fields["result"] }
    case "data": sums[fields["device"] ?? ""] = fields["read"]
    case "met": greetings[fields["region"] ?? ""] = fields["word"]
    case "share":
      func count(_ key: String) -> Int { Int(fields[key] ?? "") ?? 0 }
      shares[fields["region"] ?? ""] = Traffic(
        read: count("read"), written: count("written"), descriptors: count("descriptors"),
        reaching: count("reaching"))
    case "platform", "function":
      if let node = value("node") { drivers[node] = value("driver") }
    case "deferred": deferred.append(fields["device"] ?? "")
    case "end": hasEnded = true
    default: break
    }
  }

  private mutating func change(_ name: String?, _ change: (inout Device) -> Void) {
    guard let index = devices.lastIndex(where: { $0.name == name }) else { return }
    change(&devices[index])
  }

  /// A device, by the last part of its node's path, by what Linux calls its transport, or by the address
  /// that this name starts with: `virtio@a000000`, `0000:00:01.0`, `a000000`.
  func device(_ name: String) -> Device? {
    devices.first {
      $0.parent == name || $0.parent.hasPrefix(name + ".")
        || $0.node?.split(separator: "/").last.map(String.init) == name
    }
  }
}

/// What came of a boot: what the guest said, and how it ended.
struct Outcome {
  /// What the guest said.
  var report: GuestReport
  /// Whether its time was over before it had ended.
  var isTimedOut = false
  /// The disks that didn't hold what the guest should have written, by their number among the devices.
  var wrongDisks: [Int] = []
  /// How many disks hold what a guest writes that comes to its end with them.
  var writtenDisks = 0
  /// Whether a disk read other bytes than it had been given.
  var hasReadWrongly = false
  /// The status with which QEMU or its gate ended; nil where it was ended.
  var status: Int32?
  /// What QEMU complained of, or its gate.
  var complaints = ""
  /// What the process that serves a disk said; nil without one.
  var served: String?
  /// From QEMU's start to its end, in seconds.
  var seconds = 0.0
  /// The file with all that was said.
  var log = ""
  /// The word that its lines start with.
  var word = ReportWord.written
  /// What came of the guest beside it; empty without one.
  var peer: [Outcome] = []

  /// Whether the guest neither came to its end nor said that it can't, for as long as it was given.
  ///
  /// A QEMU that ended by itself is none of that.
  var hangs: Bool { isTimedOut && !report.hasEnded && report.panic == nil }

  /// Whether a gate let no guest run.
  ///
  /// A guest can't end with that status: the machine's is 0, and a QEMU that fails has 1.
  var isRefused: Bool { status == 77 }

  /// The rules whose findings a gate tells of, in their order.
  var refusals: [String] {
    guard isRefused else { return [] }
    return complaints.matches(of: #/\[([a-z]+/[a-z0-9-]+)\]/#).map { String($0.1) }
  }

  /// Whether both sides of the disks agree: what was read is what they held, and as many of them hold what
  /// the guest writes as it says that it has written.
  var areDisksRight: Bool { !hasReadWrongly && writtenDisks >= report.sums.count }

  /// What became of a device, in a few words.
  func state(of name: String) -> String {
    guard let device = report.device(name) else { return "\(name) absent" }
    guard device.driver != nil else { return "\(name) without a driver" }
    guard let result = device.result else { return "\(name) never finished" }
    let word = result == "ok" ? "works" : result
    return "\(name) \(word) \(Self.way(of: device))"
  }

  /// The way that the DMA of a device takes.
  private static func way(of device: GuestReport.Device) -> String {
    let peaks = device.peaks.sorted { $0.key < $1.key }
    if !peaks.isEmpty {
      return peaks.map { "in \($0.key) (\($0.value) slots)" }.joined(separator: " and ")
    }
    if let group = device.group, device.hasAccessPlatform {
      return "behind an IOMMU (group \(group))"
    }
    return "outside any pool"
  }

  /// What passed between both guests in a region, in a few words.
  func meeting(in region: String) -> String {
    guard let peer = peer.first else { return "no second guest" }
    if let traffic = peer.report.shares[region] {
      return
        "in \(region) \(traffic.read) sectors read, \(traffic.written) written, \(traffic.reaching) of "
        + "\(traffic.descriptors) descriptors reach one"
    }
    let words = [report.greetings[region], peer.report.greetings[region]].compactMap(\.self)
    if words.isEmpty { return "no word in \(region), and the other: \(peer.ending)" }
    return hasMet(in: region) ? "both words in \(region)" : "words in \(region) are others"
  }

  /// Whether each of both guests has read the other's word in a region.
  func hasMet(in region: String) -> Bool {
    guard let peer = peer.first, report.hasEnded, peer.report.hasEnded else { return false }
    return report.greetings[region] == peer.word.text && peer.report.greetings[region] == word.text
  }

  /// How the guest ended, in a few words.
  var ending: String {
    if let panic = report.panic { return "panic: \(panic)" }
    if report.hasEnded { return "the guest ended" }
    if !isTimedOut {
      return
        "QEMU ended: \(complaints.isEmpty ? "not a word" : complaints.prefix { !$0.isNewline })"
    }
    return report.log.isEmpty && report.guest.isEmpty ? "not a word" : "the guest hung"
  }
}

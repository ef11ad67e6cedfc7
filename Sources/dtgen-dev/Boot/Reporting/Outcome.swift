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
  /// What QEMU complained of.
  var complaints = ""
  /// What the process that serves a disk said; nil without one.
  var served: String?
  /// From QEMU's start to its end, in seconds.
  var seconds = 0.0
  /// The file with all that was said.
  var log = ""

  /// Whether the guest neither came to its end nor said that it can't, for as long as it was given.
  ///
  /// A QEMU that ended by itself is none of that.
  var hangs: Bool { isTimedOut && !report.hasEnded && report.panic == nil }

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

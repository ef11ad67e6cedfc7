import GuestView

/// What a command line asks of machines that are judged together.
struct PairRequest: Equatable {
  /// Names and addresses of what is shared; none to look for it.
  var shares: [String] = []
  /// How many machines may have a share.
  var parties: [String: Int] = [:]
  /// The granule of the hypervisor, in bytes.
  var granule = SharingSettings.usualGranule
  /// The file that says where the host has their memory.
  var hostMap: String?

  /// The same, for the checker.
  var settings: SharingSettings {
    SharingSettings(selections: shares, parties: parties, granule: granule)
  }
}

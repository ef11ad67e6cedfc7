import GuestView

/// The maps of the host in examples.
///
/// The frontend has 1 GiB from 0x40000000 on, which the host has at 0x880000000; of that the 16 MiB at
/// 0x50000000 are shared. The backend has as much, at 0x900000000.
enum HostMaps {
  /// As it should be.
  static let good = map()

  /// With other addresses of the host for what is shared in the backend, for the first half of its
  /// memory, and for what the hypervisor keeps.
  static func map(
    share: UInt64 = 0x8_9000_0000, backend: UInt64 = 0x9_0000_0000,
    hypervisor: UInt64 = 0x8_0000_0000
  ) -> HostMap {
    let frontend = [entry(0x4000_0000, 0x8_8000_0000, 0x4000_0000)]
    let backend = [
      entry(0x4000_0000, backend, 0x1000_0000), entry(0x5000_0000, share, 0x100_0000),
      entry(0x5100_0000, 0x9_1100_0000, 0x2f00_0000),
    ]
    return HostMap(
      file: "host.json5",
      hypervisor: AddressRange(at: hypervisor, size: 0x100_0000).map {
        [HostMap.Kept(name: "text", host: $0)]
      } ?? [],
      machines: [frontend.compactMap(\.self), backend.compactMap(\.self)])
  }

  private static func entry(_ guest: UInt64, _ host: UInt64, _ size: UInt64) -> HostMap.Entry? {
    HostMap.Entry(guest: guest, host: host, size: size)
  }
}

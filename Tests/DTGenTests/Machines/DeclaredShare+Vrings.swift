import GuestView

extension DeclaredShare {
  /// 16 MiB at 0x50000000, through which the devices of `front` bounce, and which `back` serves.
  static var vrings: DeclaredShare {
    // The range is none where its size is 0, which it isn't.
    let ranges = [AddressRange(at: 0x5000_0000, size: 16 << 20)].compactMap(\.self)
    return DeclaredShare(
      name: "vrings", range: ranges[0],
      parties: [
        .init(machine: "front.dtb", role: .frontend), .init(machine: "back.dtb", role: .backend),
      ])
  }
}

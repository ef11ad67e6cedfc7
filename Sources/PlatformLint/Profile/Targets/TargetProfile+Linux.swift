extension TargetProfile {
  static let linux = TargetProfile(
    .linux, title: "Linux",
    summary: """
      the guest's kernel in another version than 6.12, which all other rules are written from: \
      linux-5.10, linux-5.15, linux-6.1, and so on
      """,
    version:
      "6.1.176 and 6.12.117, as Debian has their sources; for others, the commits that changed it",
    date: "2026-11-26",
    sources: [
      .program("Linux 6.1.176", "drivers/of/of_reserved_mem.c"),
      .program("Linux 5.15", "swiotlb: Add restricted DMA pool initialization"),
    ],
    limits: [Limit("versions that can be named", "from 5.10 on; from 6.12 on all are judged alike")]
  )
}

/// A kernel whose configuration is known here, so that nobody has to look for the file.
public struct KnownGuest: Sendable {
  /// Its name: `debian-13-cloud-arm64`.
  public let name: String
  /// The package that the configuration is from, with its version.
  public let source: String
  /// What it was built with.
  public let configuration: GuestConfiguration

  private init(
    _ name: String, _ version: GuestConfiguration.Version, _ architecture: Architecture,
    source: String, builtIn: Set<GuestOption>, modules: Set<GuestOption>
  ) {
    self.name = name
    self.source = source
    var settings = GuestConfiguration.Settings()
    for option in builtIn { settings[option] = .builtIn }
    for option in modules { settings[option] = .module }
    configuration = GuestConfiguration(
      name: name, version: version, architecture: architecture, settings: settings)
  }

  /// The guest of this name.
  public static func named(_ name: String) -> KnownGuest? { all.first { $0.name == name } }

  /// All of them, in alphabetical order.
  ///
  /// **Source:** Debian's packages `linux-config-6.1` 6.1.192-2 and `linux-config-6.12` 6.12.117-1, each
  /// `config.ARCHITECTURE_none_FLAVOUR`.
  public static let all: [KnownGuest] = [
    KnownGuest(
      "debian-12-amd64", bookworm, .x86, source: bookwormSource,
      builtIn: amd64.union([.amdIOMMU]),
      modules: transports.union(devices).union(desktop)),
    KnownGuest(
      "debian-12-arm64", bookworm, .arm64, source: bookwormSource,
      builtIn: arm64.union([.arm64Pages4K]), modules: transports.union(devices).union(desktop)),
    KnownGuest(
      "debian-12-cloud-amd64", bookworm, .x86, source: bookwormSource, builtIn: amd64,
      modules: transports.union(devices)),
    KnownGuest(
      "debian-12-cloud-arm64", bookworm, .arm64, source: bookwormSource,
      builtIn: arm64.union([.arm64Pages4K]), modules: transports.union(devices)),
    KnownGuest(
      "debian-13-amd64", trixie, .x86, source: trixieSource,
      builtIn: inTrixie.union(amd64).union([.amdIOMMU]),
      modules: asModules(devices.union(desktop).union([.sndVirtio, .virtioIOMMU]))),
    KnownGuest(
      "debian-13-arm64", trixie, .arm64, source: trixieSource,
      builtIn: inTrixie.union(arm64).union([.arm64Pages4K]),
      modules: asModules(devices.union(desktop).union([.sndVirtio, .virtioIOMMU]))),
    KnownGuest(
      "debian-13-arm64-16k", trixie, .arm64, source: trixieSource,
      builtIn: inTrixie.union(arm64).union([.arm64Pages16K]),
      modules: asModules(devices.union(desktop).union([.sndVirtio, .virtioIOMMU]))),
    KnownGuest(
      "debian-13-cloud-amd64", trixie, .x86, source: trixieSource,
      builtIn: inTrixie.union(amd64), modules: asModules(devices.union([.virtioIOMMU]))),
    KnownGuest(
      "debian-13-cloud-arm64", trixie, .arm64, source: trixieSource,
      builtIn: inTrixie.union(arm64).union([.arm64Pages4K]),
      modules: asModules(devices.union([.virtioIOMMU]))),
    KnownGuest(
      "debian-13-riscv64", trixie, .riscv64, source: trixieSource,
      builtIn: inTrixie.union([.swiotlb, .of, .acpi, .pciHostGeneric]),
      modules: asModules(devices.union(desktop).union([.sndVirtio])).subtracting([.virtioMem])),
  ]

  private static let bookworm = GuestConfiguration.Version(6, 1)
  private static let bookwormSource = "Debian 12, linux-config-6.1 6.1.192-2"
  private static let trixie = GuestConfiguration.Version(6, 12)
  private static let trixieSource = "Debian 13, linux-config-6.12 6.12.117-1"

  private static let transports: Set<GuestOption> = [.virtioMMIO, .virtioPCI]
  /// The drivers of every flavour.
  private static let devices: Set<GuestOption> = [
    .virtioBlk, .virtioNet, .virtioConsole, .hwRandomVirtio, .virtioBalloon, .scsiVirtio,
    .virtioInput, .virtioVsockets, .virtioMem, .virtioFS, .virtioPMEM,
  ]
  /// The drivers that flavours for clouds lack.
  private static let desktop: Set<GuestOption> = [.net9PVirtio, .drmVirtioGPU, .cryptoDevVirtio]
  private static let arm64: Set<GuestOption> = [
    .swiotlb, .dmaCMA, .of, .acpi, .pciHostGeneric, .armSMMU, .armSMMUv3,
  ]
  /// What every kernel for amd64 has built in.
  private static let amd64: Set<GuestOption> = [
    .swiotlb, .acpi, .intelIOMMU, .intelIOMMUDefaultOnIntGPUOff,
  ]

  /// What Debian 13 has built in.
  private static let inTrixie: Set<GuestOption> = [.virtioPCI, .virtioConsole, .virtioFS]

  private static func asModules(_ drivers: Set<GuestOption>) -> Set<GuestOption> {
    drivers.union([.virtioMMIO]).subtracting(inTrixie)
  }
}

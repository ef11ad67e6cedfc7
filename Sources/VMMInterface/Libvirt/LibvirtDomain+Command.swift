extension LibvirtDomain {
  /// The command line of a QEMU with the machine and the devices of this domain, and with nothing behind the
  /// devices: no disk, no network, no display.
  ///
  /// It goes by the order in which libvirt writes devices, since that decides about the windows for virtio-mmio.
  ///
  /// - Returns: The words, the program's first.
  /// - Throws: ``CommandLineError`` for what isn't known here, and may change what the guest sees: a machine that
  ///   differs from libvirt's would be judged in its place.
  public func command() throws(CommandLineError) -> [String] {
    try requireKnown()
    guard let emulator = element["devices"]?["emulator"]?.trimmedText else {
      throw CommandLineError("<devices> has no <emulator>")
    }
    guard emulator.hasPrefix("/") else {
      throw CommandLineError("<emulator> '\(emulator)' is no path that begins with '/'")
    }
    var words = [emulator, "-no-user-config", "-nodefaults", "-display", "none"]
    words += ["-serial", "none", "-monitor", "none", "-parallel", "none"]
    let memory = try LibvirtMemory(element)
    words += try machine() + memory.words + processors()
    words += try boot()
    words += try LibvirtDevices(element).words
    return words + (try passedThrough())
  }

  /// What stands in a domain and doesn't change what the guest sees of its devices, besides what is read.
  private static let withoutEffect: Set<String> = [
    "name", "uuid", "hwuuid", "title", "description", "metadata", "genid", "currentMemory",
    "memoryBacking", "memtune", "numatune", "blkiotune", "cputune", "iothreads", "iothreadids",
    "defaultiothread", "throttlegroups", "clock", "on_poweroff", "on_reboot", "on_crash",
    "on_lockfailure", "pm", "perf", "resource", "sysinfo", "seclabel", "bootloader",
  ]

  private static let read: Set<String> = [
    "memory", "maxMemory", "vcpu", "vcpus", "cpu", "os", "features", "devices",
  ]

  private func requireKnown() throws(CommandLineError) {
    if let security = element["launchSecurity"] {
      throw CommandLineError(
        "line \(security.line): <launchSecurity>: memory that is kept from the host can't be had before the "
          + "guest starts, and without it the machine is another one")
    }
    for child in element.children {
      if child.namespace == Self.ownNamespace {
        guard ["commandline", "deprecation", "override"].contains(child.name) else {
          throw unknown(child, "of QEMU's own")
        }
      } else if !child.namespace.isEmpty
        || !Self.withoutEffect.union(Self.read).contains(child.name)
      {
        throw unknown(child)
      }
    }
  }

  private func unknown(_ element: XMLElement, _ what: String = "") -> CommandLineError {
    CommandLineError(
      "line \(element.line): <\(element.name)>\(what.isEmpty ? "" : " " + what): may change what the guest sees, "
        + "and isn't known here")
  }

  /// **Source:** libvirt 9.0 `src/qemu/qemu_command.c`, `qemuBuildMachineCommandLine`.
  private func machine() throws(CommandLineError) -> [String] {
    let os = element["os"]
    let type = os?["type"]
    let architecture = type?[attribute: "arch"] ?? ""
    let machine = type?[attribute: "machine"] ?? ""
    guard ["aarch64", "armv7l", "riscv64"].contains(architecture),
      machine == "virt" || machine.hasPrefix("virt-")
    else {
      throw CommandLineError(
        "a machine '\(machine)' of '\(architecture)': its guests go by ACPI tables, or by what isn't known here; "
          + "the gate judges 'virt' of aarch64 and riscv64")
    }
    var options = [machine, "usb=off"]
    if architecture != "riscv64" { options.append("acpi=\(hasACPI ? "auto" : "off")") }
    for feature in element["features"]?.children ?? [] {
      switch feature.name {
      // The firmware that asks for what these say isn't started.
      case "acpi", "apic", "pae", "pmu": break
      case "gic":
        if let version = feature[attribute: "version"] { options.append("gic-version=\(version)") }
      default: throw unknown(feature)
      }
    }
    for child in os?.children ?? [] where !Self.knownOfOS.contains(child.name) {
      throw unknown(child)
    }
    for iommu in element["devices"]?.all("iommu") ?? []
    where iommu[attribute: "model"] == "smmuv3" {
      options.append("iommu=smmuv3")
    }
    let accelerator: String
    switch element[attribute: "type"] {
    case "kvm": accelerator = "kvm"
    case "qemu": accelerator = "tcg"
    default:
      throw CommandLineError("a domain of another type than kvm and qemu isn't QEMU's")
    }
    for option in options { try Self.requireWord(option) }
    return ["-machine", options.joined(separator: ","), "-accel", accelerator]
  }

  /// The firmware that may give the guest QEMU's ACPI tables, and hide the tree; nil where there is none.
  public var firmwareWithTables: String? {
    guard hasACPI, let os = element["os"] else { return nil }
    return os["loader"]?.trimmedText ?? os[attribute: "firmware"]
  }

  private var hasACPI: Bool { element["features"]?["acpi"] != nil }

  private static let knownOfOS: Set<String> = [
    "type", "loader", "nvram", "kernel", "initrd", "cmdline", "dtb", "boot", "bootmenu", "firmware",
    "bios", "smbios",
  ]

  private func boot() throws(CommandLineError) -> [String] {
    var words: [String] = []
    for (name, option) in [
      ("kernel", "-kernel"), ("initrd", "-initrd"), ("cmdline", "-append"), ("dtb", "-dtb"),
    ] {
      if let value = element["os"]?[name]?.trimmedText { words += [option, value] }
    }
    return words
  }

  /// **Source:** libvirt 9.0 `src/qemu/qemu_command.c`, `qemuBuildCpuCommandLine`, `qemuBuildSmpCommandLine`.
  private func processors() throws(CommandLineError) -> [String] {
    var words: [String] = []
    let cpu = element["cpu"]
    var model: String?
    switch cpu?[attribute: "mode"] {
    // Of ARM libvirt has no models of hosts.
    case "host-passthrough", "host-model": model = "host"
    case "maximum": model = "max"
    case "custom", nil: model = cpu?["model"]?.trimmedText
    case let mode?: throw CommandLineError("<cpu>: the mode '\(mode)' isn't known here")
    }
    if let numa = cpu?["numa"] { throw unknown(numa) }
    if var model {
      try Self.requireWord(model)
      for feature in cpu?.all("feature") ?? [] {
        let name = feature[attribute: "name"] ?? ""
        try Self.requireWord(name)
        let isOff = ["disable", "forbid"].contains(feature[attribute: "policy"] ?? "")
        model += ",\(name)=\(isOff ? "off" : "on")"
      }
      if let state = element["features"]?["pmu"]?[attribute: "state"] {
        model += ",pmu=\(state == "off" ? "off" : "on")"
      }
      words += ["-cpu", model]
    }
    let most = element["vcpu"]?.trimmedText ?? "1"
    guard let count = Int(most), (1...4096).contains(count) else {
      throw CommandLineError("<vcpu>: '\(most)' is no number of processors")
    }
    if let current = element["vcpu"]?[attribute: "current"], current != most {
      try Self.requireWord(current)
      words += ["-smp", "\(current),maxcpus=\(count)"]
    } else {
      words += ["-smp", String(count)]
    }
    guard let topology = cpu?["topology"] else {
      words[words.count - 1] += ",sockets=\(count),cores=1,threads=1"
      return words
    }
    for name in ["sockets", "clusters", "cores", "threads"] {
      guard let value = topology[attribute: name] else { continue }
      try Self.requireWord(value)
      words[words.count - 1] += ",\(name)=\(value)"
    }
    return words
  }

  /// Makes sure that a value can't be taken for more options.
  static func requireWord(_ text: String) throws(CommandLineError) {
    let isPlain = text.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."), UInt8(ascii: "="), UInt8(ascii: "+"):
        true
      default: false
      }
    }
    guard isPlain, !text.isEmpty else { throw CommandLineError("'\(text)' is no name of QEMU's") }
  }
}

/// The devices of a domain, as options of QEMU with nothing behind them.
struct LibvirtDevices {
  /// Options of QEMU, in libvirt's order.
  private(set) var words: [String] = []
  private var count = 0
  private var overrides: [String: [String]] = [:]

  /// In which order libvirt writes devices.
  ///
  /// **Source:** libvirt 9.0 `src/qemu/qemu_command.c`, `qemuBuildCommandLine`.
  private static let order = [
    "iommu", "controller", "disk", "filesystem", "interface", "input", "video", "sound",
    "memballoon", "rng", "vsock", "crypto",
  ]

  /// Which are no virtio devices, and leave the tree as it is.
  private static let withoutEffect: Set<String> = [
    "emulator", "serial", "console", "parallel", "channel", "graphics", "audio", "watchdog",
    "redirdev",
    "redirfilter", "smartcard", "hub", "lease", "panic",
  ]

  /// Reads them.
  ///
  /// - Throws: ``CommandLineError`` for a device that nothing can stand in for.
  init(_ domain: XMLElement) throws(CommandLineError) {
    let all = domain["devices"]?.children ?? []
    for child in all {
      guard child.namespace.isEmpty,
        Self.order.contains(child.name) || Self.withoutEffect.contains(child.name)
      else {
        throw Self.error(child, "nothing can stand in for it before the guest starts")
      }
    }
    try takeOverrides(domain)
    for kind in Self.order {
      var devices = all.filter { $0.name == kind }
      if kind == "controller" { devices = Self.sorted(devices) }
      for device in devices { try add(device) }
    }
    for name in overrides.keys.sorted() {
      throw CommandLineError(
        "<qemu:override>: the device '\(name)' isn't among those that are known here")
    }
  }

  static func error(_ element: XMLElement, _ what: String) -> CommandLineError {
    CommandLineError("line \(element.line): <\(element.name)>: \(what)")
  }

  /// Buses first, by their numbers, and then SCSI before serial ports.
  ///
  /// **Source:** libvirt 9.0 `src/qemu/qemu_command.c`, `qemuBuildControllersCommandLine`.
  private static func sorted(_ controllers: [XMLElement]) -> [XMLElement] {
    let rank = ["pci": 0, "scsi": 1, "virtio-serial": 2]
    func key(_ element: XMLElement) -> (Int, Int) {
      (
        rank[element[attribute: "type"] ?? ""] ?? 3,
        Int(element[attribute: "index"] ?? "") ?? 0
      )
    }
    return controllers.enumerated().sorted {
      let (left, right) = (key($0.element), key($1.element))
      return left == right ? $0.offset < $1.offset : left < right
    }.map(\.element)
  }

  private mutating func takeOverrides(_ domain: XMLElement) throws(CommandLineError) {
    for override in domain.children
    where override.namespace == LibvirtDomain.ownNamespace && override.name == "override" {
      for device in override.children {
        let properties = device.children.flatMap(\.children)
        guard device.name == "device", let alias = device[attribute: "alias"],
          device.children.allSatisfy({ $0.name == "frontend" })
        else {
          throw Self.error(override, "takes devices with an alias, and what is in front of them")
        }
        for property in properties {
          let name = property[attribute: "name"] ?? ""
          try LibvirtDomain.requireWord(name)
          var value = property[attribute: "value"] ?? ""
          switch (property[attribute: "type"], value) {
          case ("bool", "true"): value = "on"
          case ("bool", "false"): value = "off"
          case ("remove", _):
            throw Self.error(property, "what the device is without '\(name)' isn't known here")
          default: try LibvirtDomain.requireWord(value)
          }
          overrides[alias, default: []].append("\(name)=\(value)")
        }
      }
    }
  }

  private mutating func add(_ element: XMLElement) throws(CommandLineError) {
    guard let device = try LibvirtDevice(element) else { return }
    count += 1
    let id = element["alias"]?[attribute: "name"] ?? "dtgen\(count)"
    try LibvirtDomain.requireWord(id)
    words += device.backend.map { $0.replacing("{}", with: "dtgen-b\(count)") }
    var options = [device.model, "id=\(device.bus ?? id)"]
    options += device.options.map { $0.replacing("{}", with: "dtgen-b\(count)") }
    options += overrides.removeValue(forKey: id) ?? []
    for option in options { try LibvirtDomain.requireWord(option) }
    words += ["-device", options.joined(separator: ",")]
  }
}

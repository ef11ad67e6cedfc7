/// A device of a domain, as QEMU is told of it.
struct LibvirtDevice {
  /// What QEMU calls it.
  var model: String
  /// Its properties: `bus=pci.1`.
  var options: [String] = []
  /// Options of QEMU for what is behind it; `{}` stands for a name.
  var backend: [String] = []
  /// What QEMU calls the bus behind a bridge; nil for what is none.
  var bus: String?

  /// The device that `element` is; nil for one that is no virtio device and leaves the tree as it is.
  ///
  /// - Throws: ``CommandLineError`` for one that nothing can stand in for.
  init?(_ element: XMLElement) throws(CommandLineError) {
    switch element.name {
    case "iommu": try self.init(iommu: element)
    case "controller": try self.init(controller: element)
    default: try self.init(kind: element)
    }
  }

  private init?(iommu element: XMLElement) throws(CommandLineError) {
    switch element[attribute: "model"] {
    // An option of the machine.
    case "smmuv3": return nil
    case "virtio": try self.init("iommu", element)
    case let model:
      throw LibvirtDevices.error(element, "the model '\(model ?? "")' isn't known here")
    }
  }

  private init?(controller element: XMLElement) throws(CommandLineError) {
    let model = element[attribute: "model"] ?? ""
    switch element[attribute: "type"] {
    case "virtio-serial": try self.init("serial", element)
    case "scsi":
      guard model.hasPrefix("virtio-") else {
        throw LibvirtDevices.error(element, "which model of SCSI it is isn't said, or isn't virtio")
      }
      try self.init("scsi", element, variant: String(model.dropFirst("virtio-".count)))
    case "pci": try self.init(bridge: element, model)
    case "usb", "sata", "ide", "fdc", "ccid": return nil
    case let type:
      throw LibvirtDevices.error(element, "the type '\(type ?? "")' isn't known here")
    }
  }

  private init?(bridge element: XMLElement, _ kind: String) throws(CommandLineError) {
    let index = element[attribute: "index"] ?? ""
    switch kind {
    case "pcie-root" where index == "0": return nil
    case "pcie-root-port":
      model = "pcie-root-port"
      let target = element["target"]
      for (name, usual) in [("port", "0"), ("chassis", index)] {
        let text = target?[attribute: name] ?? usual
        options.append("\(name)=\(try LibvirtPlace.number(text, of: name, element, most: 255))")
      }
    case "pcie-to-pci-bridge": model = "pcie-pci-bridge"
    default: throw LibvirtDevices.error(element, "the bus '\(kind)' isn't known here")
    }
    bus = "pci.\(index)"
    options += try LibvirtPlace(element).options
  }

  /// What stands in for what is behind a device.
  private init?(kind element: XMLElement) throws(CommandLineError) {
    let model = element["model"]?[attribute: "type"] ?? element[attribute: "model"] ?? ""
    switch element.name {
    case "disk":
      guard element["target"]?[attribute: "bus"] == "virtio" else { return nil }
      try self.init("blk", element, variant: model)
      backend = [
        "-blockdev",
        "driver=null-co,node-name={},size=1048576"
          + (element["readonly"] == nil ? "" : ",read-only=on"),
      ]
      options.append("drive={}")
    case "filesystem":
      let driver = element["driver"]?[attribute: "type"] ?? "path"
      guard ["path", "handle"].contains(driver) else {
        throw LibvirtDevices.error(
          element, "nothing can stand in for '\(driver)' before the guest starts")
      }
      try self.init("9p", element, variant: model)
      backend = ["-fsdev", "synth,id={}"]
      options += ["fsdev={}", "mount_tag={}"]
    case "interface":
      let type = element[attribute: "type"] ?? ""
      guard !["hostdev", "vdpa"].contains(type) else {
        throw LibvirtDevices.error(
          element, "what hardware offers of type '\(type)' isn't known here")
      }
      guard Self.isVirtio(model) else { return nil }
      try self.init("net", element, variant: model)
      backend = ["-netdev", "hubport,id={},hubid=0"]
      options.append("netdev={}")
    case "input":
      guard element[attribute: "bus"] == "virtio" else { return nil }
      let type = element[attribute: "type"] ?? ""
      guard ["keyboard", "mouse", "tablet"].contains(type) else {
        throw LibvirtDevices.error(element, "nothing can stand in for the type '\(type)'")
      }
      try self.init(type, element, variant: model)
    case "video":
      guard model == "virtio" else { return nil }
      try self.init("gpu", element)
    case "sound":
      guard model == "virtio" else { return nil }
      try self.init("sound", element)
      backend = ["-audiodev", "none,id={}"]
      options.append("audiodev={}")
    case "memballoon":
      guard model != "none" else { return nil }
      try self.init("balloon", element, variant: model)
    case "rng":
      try self.init("rng", element, variant: model)
      backend = ["-object", "rng-builtin,id={}"]
      options.append("rng={}")
    case "vsock":
      try self.init("vsock", element, variant: model)
      // Which number it has decides nothing, and it is taken when the guest starts.
      options.append("guest-cid=3")
    case "crypto":
      try self.init("crypto", element)
      backend = ["-object", "cryptodev-backend-builtin,id={}"]
      options.append("cryptodev={}")
    default: return nil
    }
  }

  private static func isVirtio(_ model: String) -> Bool {
    ["virtio", "virtio-transitional", "virtio-non-transitional"].contains(model)
  }

  /// A virtio device with QEMU's name for its kind, and libvirt's for the variant.
  private init(
    _ kind: String, _ element: XMLElement, variant: String = ""
  ) throws(CommandLineError) {
    let place = try LibvirtPlace(element)
    let prefix = kind == "vsock" ? "vhost-" : "virtio-"
    var suffix = ""
    switch variant {
    case "", "virtio", "scsi": break
    case "virtio-transitional", "transitional": suffix = "-transitional"
    case "virtio-non-transitional", "non-transitional": suffix = "-non-transitional"
    default: throw LibvirtDevices.error(element, "the model '\(variant)' isn't known here")
    }
    guard suffix.isEmpty || !place.isMMIO else {
      throw LibvirtDevices.error(
        element, "the model '\(variant)' is one of PCI, and its address isn't")
    }
    model = prefix + kind + (place.isMMIO ? "-device" : "-pci") + suffix
    options = place.options + (try Self.driverOptions(element, kind))
  }

  /// **Source:** libvirt 9.0 `src/qemu/qemu_command.c`, `qemuBuildVirtioDevProps`.
  private static func driverOptions(
    _ element: XMLElement, _ kind: String
  ) throws(CommandLineError) -> [String] {
    var options: [String] = []
    let driver = element["driver"]
    for (attribute, property) in [
      ("iommu", "iommu_platform"), ("ats", "ats"), ("packed", "packed"),
      ("page_per_vq", "page-per-vq"),
    ] {
      guard let value = driver?[attribute: attribute] else { continue }
      guard ["on", "off"].contains(value) else {
        throw LibvirtDevices.error(element, "\(attribute)='\(value)' is neither on nor off")
      }
      options.append("\(property)=\(value)")
    }
    if ["blk", "scsi"].contains(kind), let queues = driver?[attribute: "queues"] {
      options.append((kind == "blk" ? "num-queues=" : "num_queues=") + queues)
    }
    return options
  }
}

/// A virtio device that QEMU gives to a guest.
struct GuestDevice: Hashable {
  /// What it is.
  enum Kind: Hashable {
    case block
    case scsi
    case network
    case console
    case entropy
    case balloon
    case keyboard
    case gpu
    /// A disk that another process serves.
    case served
  }

  /// Where the guest finds it.
  enum Place: Hashable {
    /// A window of the machine.
    case slot(Int)
    /// A function of a PCI bus: `1` or `1.1`.
    case function(String, bus: String)
  }

  var kind: Kind
  var place: Place
  /// Whether it offers VIRTIO_F_ACCESS_PLATFORM.
  var offersAccessPlatform = true
  /// More of `-device`, each behind a comma.
  var options = ""

  /// A device in a window.
  static func mmio(_ kind: Kind, _ slot: Int, _ options: String = "") -> GuestDevice {
    GuestDevice(kind: kind, place: .slot(slot), options: options)
  }

  /// A device on a PCI bus.
  static func pci(
    _ kind: Kind, _ address: String, bus: String = "pcie.0", _ options: String = ""
  ) -> GuestDevice {
    GuestDevice(kind: kind, place: .function(address, bus: bus), options: options)
  }

  /// The same without VIRTIO_F_ACCESS_PLATFORM.
  var withoutAccessPlatform: GuestDevice {
    var device = self
    device.offersAccessPlatform = false
    return device
  }

  /// Whether it has a disk that is compared when the guest has ended.
  var hasDisk: Bool { kind == .block || kind == .scsi || kind == .served }

  /// The arguments for the device of number `index`; `files` makes the paths of what it needs.
  func arguments(index: Int, files: (String) -> String) -> [String] {
    let backend = "of\(index)"
    var line: [String] = []
    var model: String
    var tail: [String] = []
    switch kind {
    case .block:
      line += drive(backend, files)
      model = "virtio-blk-TRANSPORT,drive=\(backend)"
    case .scsi:
      line += drive(backend, files)
      model = "virtio-scsi-TRANSPORT,id=scsi\(index)"
      tail = ["-device", "scsi-hd,bus=scsi\(index).0,drive=\(backend)"]
    case .network:
      line += ["-netdev", "user,id=\(backend),restrict=on"]
      model = "virtio-net-TRANSPORT,netdev=\(backend)"
    case .console:
      line += ["-chardev", "file,id=\(backend),path=\(files("console").asValue)"]
      model = "virtio-serial-TRANSPORT,id=serial\(index),max_ports=1"
      tail = ["-device", "virtconsole,bus=serial\(index).0,chardev=\(backend)"]
    case .served:
      line += ["-chardev", "socket,id=\(backend),path=\(files("socket").asValue)"]
      model = "vhost-user-blk-TRANSPORT,chardev=\(backend),num-queues=1"
    case .entropy: model = "virtio-rng-TRANSPORT"
    case .balloon: model = "virtio-balloon-TRANSPORT"
    case .keyboard: model = "virtio-keyboard-TRANSPORT"
    case .gpu: model = "virtio-gpu-TRANSPORT"
    }
    let access = offersAccessPlatform ? ",iommu_platform=on" : ""
    switch place {
    case .slot(let slot):
      model = transport(model, "device") + ",bus=virtio-mmio-bus.\(slot)"
    case .function(let address, let bus):
      // A transitional device can't offer it.
      model = transport(model, "pci") + ",bus=\(bus),addr=\(address),disable-legacy=on"
      // No firmware of the machine asks the card for its own.
      if kind == .network { model += ",romfile=" }
    }
    return line + ["-device", model + access + options] + tail
  }

  private func transport(_ model: String, _ name: String) -> String {
    // The one device that is called otherwise on virtio's own bus.
    if kind == .served, name == "device" { return model.replacing("-TRANSPORT", with: "") }
    return model.replacing("TRANSPORT", with: name)
  }

  private func drive(_ name: String, _ files: (String) -> String) -> [String] {
    ["-drive", "if=none,id=\(name),file=\(files("disk").asValue),format=raw,cache=unsafe"]
  }
}

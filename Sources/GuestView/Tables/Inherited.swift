import ACPI

/// What a device has from its ancestors.
struct Inherited: Sendable {
  /// The object whose `_STA` says that it isn't there.
  var absentBecauseOf: Namespace.Object?
  /// The `_CCA` of the topmost ancestor that has one.
  var coherency: TableDevice.Coherency?

  /// What is below `object`, which has this from above itself.
  func below(_ object: Namespace.Object) -> Inherited {
    var below = self
    // Present or working is enough: Linux drivers/acpi/scan.c, acpi_device_is_present.
    if absentBecauseOf == nil, let status = object.status.value, status & 9 == 0 {
      below.absentBecauseOf = object.child("_STA")
    }
    if coherency == nil, let child = object.child("_CCA") {
      below.coherency = TableDevice.Coherency(
        isCoherent: object.cacheCoherency.value.map { $0 != 0 }, object: child)
    }
    return below
  }

  /// The devices of a namespace, each with what it has from its ancestors.
  static func devices(of namespace: Namespace) -> [TableDevice] {
    var devices: [TableDevice] = []
    // No recursion: paths may be as deep as a reader allows.
    var open: [(object: Namespace.Object, path: String, inherited: Inherited)] = [
      (namespace.root, "\\", Inherited())
    ]
    while let (object, path, inherited) = open.popLast() {
      let isDevice = object.type == .device && object.isDeclared
      let below =
        isDevice || object.isPredefined ? inherited.below(object) : inherited
      if isDevice {
        devices.append(
          TableDevice(object, path: path, index: devices.count, above: below))
      }
      var children: [(Namespace.Object, String, Inherited)] = []
      for child in object.children {
        guard !child.isTemporary, child.holdsDevices else { continue }
        let name = child.name.text
        children.append((child, path == "\\" ? "\\\(name)" : "\(path).\(name)", below))
      }
      open += children.reversed()
    }
    return devices
  }
}

extension Namespace.Object {
  /// Whether devices can be below it.
  fileprivate var holdsDevices: Bool {
    switch type {
    case .device, .processor, .thermalZone, .unknown: true
    default: isPredefined
    }
  }
}

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
  ///
  /// - Returns: The devices, and the limit that one of them passed, behind which there are no more.
  static func devices(
    of namespace: Namespace
  ) -> (devices: [TableDevice], limitPassed: LimitPassed?) {
    var devices: [TableDevice] = []
    if let (error, table) = namespace.limitPassed { return ([], (error, table)) }
    var resources = 0
    // No recursion: paths may be as deep as a reader allows.
    var open: [(object: Namespace.Object, path: String, inherited: Inherited)] = [
      (namespace.root, "\\", Inherited())
    ]
    while let (object, path, inherited) = open.popLast() {
      let isDevice = object.type == .device && object.isDeclared
      let below =
        isDevice || object.isPredefined ? inherited.below(object) : inherited
      if isDevice {
        let device = TableDevice(object, path: path, index: devices.count, above: below)
        devices.append(device)
        resources += (device.resources.value?.entries.count ?? 0) + device.interrupts.count
        if let error = limit(passedBy: device, resources) {
          return (devices, (error, object.place.table))
        }
      }
      var children: [(Namespace.Object, String, Inherited)] = []
      for child in object.children {
        guard !child.isTemporary, child.holdsDevices else { continue }
        let name = child.name.text
        children.append((child, path == "\\" ? "\\\(name)" : "\(path).\(name)", below))
      }
      open += children.reversed()
    }
    return (devices, nil)
  }

  /// A limit that was passed, and the number of the table in which it was.
  typealias LimitPassed = (error: ACPIError, table: Int)

  /// The limit that `device` passes, the last of those that have `resources`.
  private static func limit(passedBy device: TableDevice, _ resources: Int) -> ACPIError? {
    if let error = device.resources.value?.problems.first(where: { $0.code == .limitExceeded }) {
      return error
    }
    let most = device.object.namespace.limits.maximumResources
    guard resources > most else { return nil }
    return ACPIError(
      .limitExceeded, "more than \(most) resource descriptors and interrupts in all devices",
      objectPath: device.path)
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

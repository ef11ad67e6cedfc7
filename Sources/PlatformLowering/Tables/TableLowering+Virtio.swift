import ACPI
import PlatformDescription

extension TableLowering {
  /// A virtio device behind registers in memory.
  mutating func lower(_ noun: VirtioMMIO, _ name: NameSegment) {
    let location = noun.declaration.location
    shared.check(noun.device, at: location)
    shared.checkFeatures(noun.features + noun.withholding, of: noun.device, at: location)
    note(regions: noun.memoryRegion, of: location)
    guard let place = shared.place(of: noun) else { return }
    check(place, at: location)
    let path = NamePath(absolute: ["_SB", name])
    let index = shared.virtio.count
    shared.virtio.append(shared.lowered(noun, at: place, path: path.description))
    if let (iommu, endpoint) = shared.endpoint(of: noun) {
      shared.endpoints[index] = (iommu, endpoint)
      translations.endpoints.append(
        .init(
          window: place.address, path: path, iommu: iommu, id: endpoint,
          isCoherent: noun.dmaCoherent, location: location))
    }
    if let twin = twin(of: place), noun.acpi != .prp0001 {
      shared.virtio[index].path = twin.description
      extend(twin, noun.declaration)
      return
    }
    if let twin = twin(of: place) {
      // Two devices of one window: Linux gives it to the first, and the other one gets error -16.
      additions.append((twin, [.name("_STA", .integer(0))]))
    }
    append(
      device(name, at: place, noun.acpi ?? .lnro0005, noun.dmaCoherent, location), noun.declaration)
  }

  /// A virtio-iommu behind registers in memory.
  mutating func lower(_ noun: VirtioIOMMU, _ name: NameSegment) {
    let location = noun.declaration.location
    let place: MachineLowering.Place?
    switch noun.place {
    case .nextSlot: place = shared.place(at: nil, interrupt: nil, location)
    case .mmio(let at, let interrupt):
      place = shared.place(at: at, interrupt: interrupt, location)
    case .pci:
      mistake(
        "description/misplaced", "an IOMMU in a slot belongs in the braces of a PCI host",
        at: location, help: "move it there, or say 'at:' and 'interrupt:' instead of 'slot:'")
      return
    }
    guard let place else { return }
    check(place, at: location)
    translations.iommus.append((Target(noun), .window(place.address)))
    let path = twin(of: place) ?? NamePath(absolute: ["_SB", name])
    shared.virtio.append(
      LoweredDevice(
        path: path.description, deviceID: noun.device.deviceID, queues: noun.device.queues,
        parameters: noun.device.effectiveParameters,
        features: shared.offered(
          noun.features, by: noun.device, withholding: [], isConfined: false),
        slot: place.slot, location: location))
    if let twin = twin(of: place) {
      extend(twin, noun.declaration)
    } else {
      append(device(name, at: place, .lnro0005, noun.dmaCoherent, location), noun.declaration)
    }
  }

  /// Makes sure that a device in a slot has the interrupt that the machine's slot is wired to.
  ///
  /// QEMU's tree says that it rises, and its tables that it is high; to a GIC and a PLIC both are the same line.
  private mutating func check(_ place: MachineLowering.Place, at location: SourceLocation?) {
    guard let number = place.slot, let wired = shared.slots?.slots[number].interrupt,
      let stated = globalInterrupt(place.interrupt, at: location),
      let own = globalInterrupt(wired, at: location)
    else { return }
    let triggers: [Interrupt.Trigger] = [wired.trigger, .levelHigh]
    guard stated != own || !triggers.contains(place.interrupt.trigger) else { return }
    mistake(
      "description/other-interrupt",
      "this device is in slot \(number), whose interrupt is global system interrupt \(own), "
        + ".\(wired.trigger.rawValue), and it says \(stated), .\(place.interrupt.trigger.rawValue)",
      at: location, help: "say 'slot: \(number)' in place of 'at:' and 'interrupt:'")
  }

  /// Adds properties to a device of the VMM's own tables.
  private mutating func extend(_ path: NamePath, _ declaration: Declaration) {
    var (properties, subnodes) = (PropertySet(), SubnodeNames())
    add(
      declaration.additions, to: &properties, &subnodes, replacing: true,
      at: declaration.location)
    if !properties.isEmpty { additions.append((path, properties.terms)) }
  }

  /// The device that the VMM's own tables have for a slot of its machine; nil for none.
  ///
  /// **Source:** QEMU 10.0 `hw/acpi/virtio-mmio.c` and, before, `hw/arm/virt-acpi-build.c`,
  /// `acpi_dsdt_add_virtio`: `VR00` to `VR31`, each with `_HID` LNRO0005 and `_UID` its number.
  private func twin(of place: MachineLowering.Place) -> NamePath? {
    guard isBesideOthers, let slot = place.slot, (0..<100).contains(slot) else { return nil }
    let name = NameSegment(stringLiteral: "VR" + (slot < 10 ? "0" : "") + "\(slot)")
    return NamePath(absolute: ["_SB", name])
  }

  private mutating func device(
    _ name: NameSegment, at place: MachineLowering.Place, _ acpi: VirtioMMIO.HardwareID,
    _ isCoherent: Bool, _ location: SourceLocation?
  ) -> DeviceDraft {
    let hardwareID = acpi == .prp0001 ? "PRP0001" : "LNRO0005"
    if acpi == .lnro0005, isBesideOthers, let slots = shared.slots {
      skipUIDs(of: hardwareID, below: UInt64(slots.slots.count))
    }
    var device = DeviceDraft(
      name: name, hardwareID: hardwareID, uid: takeUID(of: hardwareID), isCoherent: isCoherent,
      location: location)
    var interrupt = place.interrupt
    // QEMU's tree says edge and its tables say level; who says otherwise must say the same as they.
    if place.slot != nil, isBesideOthers {
      interrupt.trigger = .levelHigh
      device.signalsLikeOthers = true
    }
    setResources(
      [AddressRange(at: place.address, size: place.size)], [interrupt], of: &device)
    if acpi == .prp0001 { device.properties.set("compatible", .string("virtio,mmio")) }
    return device
  }
}

import PlatformDescription

/// A virtio device that another machine serves.
struct ServedDevice {
  /// The name of that machine.
  var backend: String
  /// The names of the regions through which it does DMA.
  var regions: [String]
  var location: SourceLocation?
}

extension [Element] {
  /// What the machine has shared memory for, in the order of the description.
  var roles: [SharedMemoryRole] {
    flatMap { element -> [SharedMemoryRole] in
      switch element {
      case .sharedMemory(let role): [role]
      case .memory(let memory): memory.regions.roles
      case .bus(let bus): bus.elements.roles
      default: []
      }
    }
  }

  /// The virtio devices that say which machine serves them, in the order of the description.
  var servedDevices: [ServedDevice] {
    flatMap { element -> [ServedDevice] in
      switch element {
      case .virtioMMIO(let noun):
        noun.backend.map {
          [
            ServedDevice(
              backend: $0, regions: noun.memoryRegion.compactMap(\.name),
              location: noun.declaration.location)
          ]
        } ?? []
      case .pciHostBridge(let host):
        host.content.servedDevices(through: host.memoryRegion.compactMap(\.name))
      case .bus(let bus): bus.elements.servedDevices
      default: []
      }
    }
  }
}

extension [PCIContent] {
  /// Those of the functions; without regions of their own they have those of their host.
  fileprivate func servedDevices(through regions: [String]) -> [ServedDevice] {
    flatMap { part -> [ServedDevice] in
      switch part {
      case .virtioPCI(let noun):
        noun.backend.map {
          let own = noun.memoryRegion.compactMap(\.name)
          return [
            ServedDevice(
              backend: $0, regions: own.isEmpty ? regions : own,
              location: noun.declaration.location)
          ]
        } ?? []
      case .pciBridge(let bridge): bridge.content.servedDevices(through: regions)
      default: []
      }
    }
  }
}

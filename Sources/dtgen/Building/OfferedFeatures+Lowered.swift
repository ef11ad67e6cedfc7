import DeviceTree
import GuestView
import PlatformDescription
import PlatformLowering
import VMMInterface

extension OfferedDevice {
  /// What was described of one device.
  init(_ device: LoweredDevice) {
    let transport: Transport =
      switch device.transport {
      case .mmio: .mmio
      case .pci: .pci
      case .ccw: .ccw
      }
    self.init(
      node: device.path, transport: transport,
      requesterID: device.pciAddress?.requesterID, hasNode: device.hasNode,
      deviceID: device.deviceID, features: device.features, queues: device.queues)
  }
}

extension DeviceFeatures {
  /// What devices were described to offer, as rules ask for it.
  init(_ devices: [LoweredDevice]) {
    self.init(devices: devices.map { OfferedDevice($0).forCheck })
  }
}

extension OfferedFeatures {
  /// What the devices of `machine` have to offer, and how VMMs are told.
  ///
  /// - Parameters:
  ///   - devices: The devices as they were laid out.
  ///   - machine: What was described.
  ///   - poolSize: The size of the restricted pools together, but for those that are shared, in bytes.
  ///   - memory: Its memory, and what other machines have of it.
  ///   - registers: Where devices have their registers whose paths don't tell.
  ///   - confidentiality: What follows from what keeps its memory from the host.
  init(
    _ devices: [LoweredDevice], of machine: VirtualMachine, poolSize: UInt64 = 0,
    memory: HostedMemory = HostedMemory(), registers: [String: UInt64] = [:],
    _ confidentiality: LoweredConfidentiality?
  ) {
    let offered = devices.map { device in
      var offered = OfferedDevice(device)
      offered.registers = registers[device.path]
      return offered
    }
    var served: [OfferedDevice: String] = [:]
    for (device, offered) in zip(devices, offered) { served[offered] = device.backend }
    let translated = zip(devices, offered).filter { $0.0.translation != nil }.map(\.1)
    self.init(
      virtualMachine: machine.name, devices: offered,
      arguments: VMMArguments.all(
        for: offered, architecture: machine.architecture.rawValue, poolSize: poolSize,
        memory: memory, translated: Set(translated), served: served,
        confidential: machine.confidential),
      kernelArgument: confidentiality?.defaultPool?.kernelArgument)
  }
}

extension BuildRun {
  /// What the devices of `machine` have to offer; nil for a machine that wasn't asked for.
  ///
  /// Its devices are those of its tree, of its tables where it has none, or those that the VMM is told of.
  func features(of machine: VirtualMachine) -> OfferedFeatures? {
    if let judged = machines.first(where: { $0.lowered.name == machine.name }) {
      let shared = Set(judged.lowered.roles.compactMap(\.path))
      let pools = judged.lowered.devices.isEmpty ? [] : judged.view.restrictedPools
      return OfferedFeatures(
        judged.lowered.devices, of: machine,
        poolSize: pools.filter { !shared.contains($0.node.path) }.compactMap(\.size).reduce(0, &+),
        memory: HostedMemory(
          ranges: judged.view.memory.map(\.range),
          shares: common(judged.lowered.roles, of: machine.name)),
        judged.lowered.confidentiality)
    }
    if let built = tables.first(where: { $0.lowered.name == machine.name }) {
      return OfferedFeatures(
        built.lowered.devices, of: machine,
        memory: HostedMemory(
          ranges: built.lowered.memory.compactMap { .init(at: $0.at.value, size: $0.size.bytes) },
          shares: common(built.lowered.roles, of: machine.name)),
        registers: built.lowered.registers, built.lowered.confidentiality)
    }
    guard let offer = offers.first(where: { $0.name == machine.name }) else { return nil }
    return OfferedFeatures(offer.devices, of: machine, offer.confidentiality)
  }

  /// What the machine `name` has in common with others, by its `roles` in that.
  private func common(_ roles: [LoweredRole], of name: String) -> [HostedMemory.Share] {
    roles.compactMap { role in
      let parties = shares.first { $0.name == role.name }?.parties ?? []
      return HostedMemory.Share(
        role.name, of: platform.name, node: role.path, at: role.range.at.value,
        size: role.range.size.bytes, isPool: role.use == .restrictedDMAPool,
        others: parties.map(\.machine).filter { $0 != name })
    }
  }
}

extension LoweredTables {
  /// Where the devices of the SSDT have their registers, by their paths.
  fileprivate var registers: [String: UInt64] {
    var registers: [String: UInt64] = [:]
    for object in objects { registers[object.path] = object.memory.first?.at.value }
    return registers
  }
}

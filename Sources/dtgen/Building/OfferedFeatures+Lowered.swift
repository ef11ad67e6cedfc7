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
  ///   - poolSize: The size of the restricted pools together, in bytes.
  ///   - confidentiality: What follows from what keeps its memory from the host.
  init(
    _ devices: [LoweredDevice], of machine: VirtualMachine, poolSize: UInt64,
    _ confidentiality: LoweredConfidentiality?
  ) {
    let offered = devices.map(OfferedDevice.init)
    let translated = zip(devices, offered).filter { $0.0.translation != nil }.map(\.1)
    self.init(
      virtualMachine: machine.name, devices: offered,
      arguments: VMMArguments.all(
        for: offered, architecture: machine.architecture.rawValue, poolSize: poolSize,
        translated: Set(translated), confidential: machine.confidential),
      kernelArgument: confidentiality?.defaultPool?.kernelArgument)
  }
}

extension BuildRun {
  /// What the devices of `machine` have to offer; nil for a machine that wasn't asked for.
  ///
  /// Its devices are those of its tree, of its tables where it has none, or those that the VMM is told of.
  func features(of machine: VirtualMachine) -> OfferedFeatures? {
    if let judged = machines.first(where: { $0.lowered.name == machine.name }) {
      let pools = judged.lowered.devices.isEmpty ? [] : judged.view.restrictedPools
      return OfferedFeatures(
        judged.lowered.devices, of: machine,
        poolSize: pools.compactMap(\.size).reduce(0, &+), judged.lowered.confidentiality)
    }
    if let built = tables.first(where: { $0.lowered.name == machine.name }) {
      return OfferedFeatures(
        built.lowered.devices, of: machine, poolSize: 0, built.lowered.confidentiality)
    }
    guard let offer = offers.first(where: { $0.name == machine.name }) else { return nil }
    return OfferedFeatures(offer.devices, of: machine, poolSize: 0, offer.confidentiality)
  }
}

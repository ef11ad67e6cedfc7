/// What the buffers of a device need, by its type: what the sizing of a pool has to know besides
/// the queues.
///
/// No register says most of it, so it is an estimate of what the guest's driver does, with Linux's
/// figures where nothing else is said.
public enum VirtioParameters: Sendable, Hashable {
  /// Of a network device.
  case network(VirtioNetworkParameters)
  /// Of a block device.
  case block(VirtioBlockParameters)
  /// Of a console.
  case console(VirtioConsoleParameters)
  /// Of a SCSI host.
  case scsi(VirtioSCSIParameters)
  /// Of a 9P transport.
  case nineP(VirtioNinePParameters)
  /// Of a GPU.
  case gpu(VirtioGPUParameters)
  /// Of a socket device.
  case socket(VirtioSocketParameters)
  /// Of a sound device.
  case sound(VirtioSoundParameters)
  /// Of a file system.
  case fileSystem(VirtioFileSystemParameters)

  /// The device ID of the type that has them.
  public var deviceID: Int {
    switch self {
    case .network: 1
    case .block: 2
    case .console: 3
    case .scsi: 8
    case .nineP: 9
    case .gpu: 16
    case .socket: 19
    case .sound: 25
    case .fileSystem: 26
    }
  }
}

extension VirtioDevice {
  /// What its buffers need: as it says, or as is usual of its type; nil for a type whose queues say
  /// it all.
  public var effectiveParameters: VirtioParameters? { parameters ?? usualParameters }

  /// What the buffers of a device of this type and with these queues usually need.
  public var usualParameters: VirtioParameters? {
    switch deviceID {
    case 1: .network(VirtioNetworkParameters())
    case 2: .block(VirtioBlockParameters())
    // Two queues for each port, and two more for control where there are several.
    case 3: .console(VirtioConsoleParameters(ports: max(queues.count / 2 - 1, 1)))
    case 8: .scsi(VirtioSCSIParameters())
    case 9: .nineP(VirtioNinePParameters())
    case 16: .gpu(VirtioGPUParameters())
    case 19: .socket(VirtioSocketParameters())
    case 25: .sound(VirtioSoundParameters())
    case 26: .fileSystem(VirtioFileSystemParameters())
    default: nil
    }
  }
}

import CDTGenInterface
import Diagnostics
import GuestView
import PlatformLint

/// Reads the request of a C program: copies what is needed, and checks what can be checked.
extension Check {
  init(_ request: dtgen_request) throws(Refusal) {
    self.init()
    if let name = unsafe Self.text(request.name) { self.name = name }
    tree = unsafe try Self.copy(request.tree, "tree")
    let buffers = unsafe try Self.list(request.tables, request.table_count, "tables")
    for index in unsafe buffers.indices {
      tables.append(unsafe try Self.copy(buffers[index], "tables[\(index)]") ?? [])
    }
    if tree == nil, tables.isEmpty { throw Refusal(.usage, "there is neither a tree nor tables") }
    features = unsafe try Self.features(request)
    guest = unsafe try Self.guest(request)
    if let text = unsafe Self.text(request.architecture) {
      architecture = try Self.architecture(text)
    }
    if let text = unsafe Self.text(request.profile) {
      try take(profiles: text)
    }
    if let kernel = Target.kernel(guest?.version, beside: judge.targets) {
      judge.targets.append(kernel)
    }
    judge.rules = RuleCatalogue.rules(for: judge.targets)
    let names = unsafe try Self.list(request.required, request.required_count, "required")
    for index in unsafe names.indices {
      let name = unsafe names[index]
      let text = unsafe Self.text(name) ?? ""
      let rules = RuleCatalogue.rules(named: text)
      if rules.isEmpty {
        throw Refusal(.usage, "required: there is no rule or family '\(text)'")
      }
      required.formUnion(rules.map { $0.id })
      requiredNames.append(text)
    }
    failOn = try unsafe Self.threshold(request.fail_on)
  }

  /// Takes profiles, separated by commas.
  private mutating func take(profiles text: String) throws(Refusal) {
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      switch ProfileName(String(name)) {
      case .kind(let kind)?:
        guard judge.profile == nil else {
          throw Refusal(.usage, "profile: '\(text)' names more than one of vm and soc")
        }
        judge.profile = kind
      case .target(let target)?: judge.targets.append(target)
      case nil: throw Refusal(.usage, "profile: \(ProfileName.unknown(String(name)))")
      }
    }
    if let fault = judge.targets.fault { throw Refusal(.usage, "profile: \(fault)") }
  }

  private static func threshold(_ number: Int32) throws(Refusal) -> Severity? {
    switch Int(number) {
    case Int(DTGEN_FAIL_ON_ERROR): .error
    case Int(DTGEN_FAIL_ON_WARNING): .warning
    case Int(DTGEN_FAIL_ON_NOTE): .note
    case Int(DTGEN_FAIL_NEVER): nil
    default: throw Refusal(.usage, "fail_on: \(number) is none of DTGEN_FAIL_*")
    }
  }

  private static func architecture(_ text: String) throws(Refusal) -> Architecture {
    switch text {
    case "arm64": .arm64
    case "x86_64": .x86
    case "riscv64": .riscv64
    default:
      throw Refusal(.usage, "architecture: '\(text)' is none of arm64, x86_64 and riscv64")
    }
  }

  private static func guest(_ request: dtgen_request) throws(Refusal) -> GuestConfiguration? {
    let configuration = unsafe try buffer(request.kernel_config, "kernel_config")
    guard let name = unsafe text(request.guest) else {
      guard let configuration = unsafe configuration else { return nil }
      // Of a third of a mebibyte no copy is made: that would take longer than to understand it.
      var reader = GuestConfigurationReader()
      do throws(GuestConfigurationError) {
        try reader.read(unsafe configuration.span)
        return try reader.configuration(name: "kernel_config")
      } catch {
        throw Refusal(.badInput, "kernel_config: no configuration of a kernel: \(error)")
      }
    }
    guard unsafe configuration == nil else {
      throw Refusal(.usage, "guest and kernel_config exclude each other")
    }
    guard let known = KnownGuest.named(name) else {
      throw Refusal(.usage, "guest: the options of '\(name)' aren't known here")
    }
    return known.configuration
  }

  private static func features(_ request: dtgen_request) throws(Refusal) -> DeviceFeatures? {
    guard unsafe request.devices != nil else {
      guard unsafe request.device_count == 0 else {
        throw Refusal(.usage, "devices: NULL, with a count")
      }
      return nil
    }
    var seen: Set<DeviceName> = []
    var devices: [DeviceFeatures.Device] = []
    let list = unsafe try list(request.devices, request.device_count, "devices")
    for index in unsafe list.indices {
      let device = unsafe list[index]
      guard let node = unsafe text(device.node), node.hasPrefix("/") || node.hasPrefix("\\")
      else {
        throw Refusal(.usage, "devices[\(index)]: node is no path of a node")
      }
      let number = unsafe device.requester_id
      let requester = UInt16(exactly: number)
      guard requester != nil || number == -1 else {
        throw Refusal(
          .usage, "devices[\(index)]: requester_id is \(number), and goes from 0 to 65535, or is -1"
        )
      }
      guard seen.insert(DeviceName(node: node, requesterID: requester)).inserted else {
        throw Refusal(.usage, "devices[\(index)]: a second answer for \(node)")
      }
      let queues = unsafe try Self.list(
        device.queue_sizes, device.queue_count, "devices[\(index)].queue_sizes")
      let bits = unsafe [device.features.0, device.features.1]
      devices.append(
        DeviceFeatures.Device(
          node: node, requesterID: requester, type: unsafe device.type,
          featureBits: (0..<128).filter { bits[$0 / 64] >> UInt64($0 % 64) & 1 == 1 },
          queueSizes: queues.map { Int($0) }))
    }
    return DeviceFeatures(devices: devices)
  }

  private struct DeviceName: Hashable {
    var node: String
    var requesterID: UInt16?
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe String(cString: pointer)
  }

  private static func copy(_ bytes: dtgen_bytes, _ name: String) throws(Refusal) -> [UInt8]? {
    unsafe try buffer(bytes, name).map { unsafe [UInt8]($0) }
  }

  private static func buffer(
    _ bytes: dtgen_bytes, _ name: String
  ) throws(Refusal) -> UnsafeBufferPointer<UInt8>? {
    guard let start = unsafe bytes.data else { return nil }
    let size = unsafe bytes.size
    guard size >= 0 else { throw Refusal(.usage, "\(name): its size is more than a machine has") }
    return unsafe UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: size)
  }

  private static func list<Element>(
    _ start: UnsafePointer<Element>?, _ count: Int, _ name: String
  ) throws(Refusal) -> [Element] {
    guard unsafe start != nil || count == 0, count >= 0 else {
      throw Refusal(.usage, "\(name): NULL, with a count")
    }
    return unsafe [Element](UnsafeBufferPointer(start: start, count: count))
  }
}

import ArgumentParser
import CDTGenInterface
import Glibc

/// `dtgen-dev call`: the part of `bench` that calls the checker, as a VMM does, in a process of its own.
struct LibraryCall: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call",
    abstract: "Call libdtgen, and print what the first call took, and each of those after it.",
    discussion:
      "Nanoseconds on the wall and on a processor: loading with the first call, then the medians.",
    shouldDisplay: false)

  @Argument(help: "The shared library.")
  var library: String

  @Argument(help: "A device tree.")
  var tree: String

  @Argument(help: "The configuration of a kernel.")
  var kernelConfiguration: String

  @Argument(help: "The nodes of virtio devices that offer what confines them.")
  var nodes: [String] = []

  @Option(help: "How often it is called after the first call.")
  var calls = 100

  private typealias CheckFunction =
    @convention(c) (
      UnsafePointer<dtgen_request>?, UnsafeMutablePointer<OpaquePointer?>?
    ) -> Int32
  private typealias TextFunction =
    @convention(c) (
      OpaquePointer?, UnsafeMutablePointer<Int>?
    ) -> UnsafePointer<CChar>?
  private typealias FreeFunction = @convention(c) (OpaquePointer?) -> Void

  func run() throws {
    let treeBytes = try Read.bytes(of: tree)
    let configuration = try Read.bytes(of: kernelConfiguration)
    let names = nodes.map { strdup($0) }
    defer { names.forEach { free($0) } }
    let devices = names.map { name in
      var device = dtgen_device()
      device.node = UnsafePointer(name)
      device.requester_id = -1
      device.type = 2
      // VIRTIO_F_VERSION_1 and VIRTIO_F_ACCESS_PLATFORM.
      device.features.0 = 3 << 32
      return device
    }
    try treeBytes.withUnsafeBytes { tree in
      try configuration.withUnsafeBytes { configuration in
        try devices.withUnsafeBufferPointer { devices in
          var request = dtgen_request()
          request.size = MemoryLayout<dtgen_request>.size
          request.tree = dtgen_bytes(data: tree.baseAddress, size: tree.count)
          request.kernel_config = dtgen_bytes(
            data: configuration.baseAddress, size: configuration.count)
          request.devices = devices.baseAddress
          request.device_count = devices.count
          try measure(&request)
        }
      }
    }
  }

  private func measure(_ request: inout dtgen_request) throws(Failure) {
    let loading = Stopwatch()
    guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL) else {
      throw Failure(String(cString: dlerror()))
    }
    let check = unsafeBitCast(try symbol("dtgen_check", in: handle), to: CheckFunction.self)
    let text = unsafeBitCast(try symbol("dtgen_report_json", in: handle), to: TextFunction.self)
    let free = unsafeBitCast(try symbol("dtgen_report_free", in: handle), to: FreeFunction.self)
    var length = 0
    func call() throws(Failure) {
      var report: OpaquePointer?
      let status = check(&request, &report)
      defer { free(report) }
      guard status == Int32(DTGEN_CLEAN) || status == Int32(DTGEN_FINDINGS),
        text(report, &length) != nil, length > 0
      else { throw Failure("\(library) answers \(status)") }
    }
    try call()
    let first = loading.sample
    var samples: [Sample] = []
    for _ in 0..<calls {
      let watch = Stopwatch()
      try call()
      samples.append(watch.sample)
    }
    let later = (median(samples.map(\.wall)), median(samples.map(\.processor)))
    print(first.wall, first.processor, later.0, later.1)
  }

  private func symbol(
    _ name: String, in handle: UnsafeMutableRawPointer
  ) throws(Failure) -> UnsafeMutableRawPointer {
    guard let symbol = dlsym(handle, name) else {
      throw Failure("\(library) has no \(name)")
    }
    return symbol
  }
}

/// What passes from its making on.
private struct Stopwatch {
  private let wall = Clock.nanoseconds()
  private let processor = Clock.processorNanoseconds()

  var sample: Sample {
    Sample(
      wall: Clock.nanoseconds() - wall, processor: Clock.processorNanoseconds() - processor,
      peakMemory: nil)
  }
}

import CDTGen
import CDTGenInterface
import Foundation
import GuestView

/// A call of the library as a C program makes it.
struct LibraryCall {
  var tree: [UInt8]?
  var tables: [[UInt8]] = []
  var features: DeviceFeatures?
  var guest: String?
  var configuration: [UInt8]?
  var required: [String] = []
  var failOn = Int32(DTGEN_FAIL_ON_ERROR)
  /// What else is done to the request.
  var edit: (inout dtgen_request) -> Void = { _ in }

  struct Answer: Equatable {
    var status: Int32
    var message: String?
    var json: String

    /// The rules of the findings, in their order.
    var rules: [String] { get throws { try Self.rules(in: json) } }

    private static func rules(in json: String) throws -> [String] {
      struct Document: Decodable {
        struct File: Decodable {
          struct Finding: Decodable { var rule: String }
          var findings: [Finding]
        }
        var files: [File]
      }
      return try JSONDecoder().decode(Document.self, from: Data(json.utf8))
        .files.flatMap { $0.findings.map(\.rule) }
    }
  }

  func run() -> Answer {
    // What the request points to has to live until the call is over.
    let texts = ([guest ?? ""] + required + (features?.devices.map(\.node) ?? [])).map {
      strdup($0)
    }
    defer { for text in texts { free(text) } }
    var request = dtgen_request()
    request.size = MemoryLayout<dtgen_request>.size
    request.fail_on = failOn
    if guest != nil { request.guest = texts[0].map { UnsafePointer($0) } }
    let queues = UnsafeMutableBufferPointer<UInt16>.allocate(
      capacity: (features?.devices ?? []).reduce(1) { $0 + $1.queueSizes.count })
    defer { queues.deallocate() }
    var next = 0
    let devices = (features?.devices ?? []).enumerated().map { index, device in
      var words: (UInt64, UInt64) = (0, 0)
      for bit in device.featureBits {
        if bit < 64 { words.0 |= 1 << UInt64(bit) } else { words.1 |= 1 << UInt64(bit - 64) }
      }
      for size in device.queueSizes {
        queues[next] = UInt16(clamping: size)
        next += 1
      }
      return dtgen_device(
        node: texts[1 + required.count + index].map { UnsafePointer($0) },
        requester_id: device.requesterID.map { Int32($0) } ?? -1, type: device.type,
        features: words,
        queue_sizes: queues.baseAddress.map { UnsafePointer($0 + next - device.queueSizes.count) },
        queue_count: device.queueSizes.count)
    }
    let names = (0..<required.count).map { texts[1 + $0].map { UnsafePointer($0) } }
    let all = tables.flatMap(\.self)
    return (tree ?? []).withUnsafeBytes { tree in
      all.withUnsafeBytes { bytes in
        (configuration ?? []).withUnsafeBytes { configuration in
          devices.withUnsafeBufferPointer { devices in
            names.withUnsafeBufferPointer { names in
              var start = 0
              let buffers = tables.map { table in
                defer { start += table.count }
                return dtgen_bytes(data: bytes.baseAddress.map { $0 + start }, size: table.count)
              }
              return buffers.withUnsafeBufferPointer { buffers in
                if self.tree != nil {
                  request.tree = dtgen_bytes(data: tree.baseAddress ?? .empty, size: tree.count)
                }
                if self.configuration != nil {
                  request.kernel_config = dtgen_bytes(
                    data: configuration.baseAddress ?? .empty, size: configuration.count)
                }
                request.tables = buffers.isEmpty ? nil : buffers.baseAddress
                request.table_count = buffers.count
                if features != nil {
                  request.devices = devices.baseAddress
                  request.device_count = devices.count
                }
                request.required = names.isEmpty ? nil : names.baseAddress
                request.required_count = names.count
                edit(&request)
                return Self.answer(&request)
              }
            }
          }
        }
      }
    }
  }

  /// What the library says of `request`; nil is NULL.
  static func answer(_ request: UnsafePointer<dtgen_request>?) -> Answer {
    var report: OpaquePointer?
    let status = dtgen_check(request, &report)
    defer { dtgen_report_free(report) }
    var length = 0
    let json = dtgen_report_json(report, &length).map { String(cString: $0) } ?? ""
    precondition(json.utf8.count == length)
    return Answer(
      status: status, message: dtgen_report_message(report).map { String(cString: $0) }, json: json)
  }
}

extension UnsafeRawPointer {
  /// Somewhere that is not NULL, and of which nothing is read.
  fileprivate static var empty: UnsafeRawPointer? { UnsafeRawPointer(bitPattern: 8) }
}

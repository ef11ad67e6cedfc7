import CDTGen
import CDTGenInterface
import DTGenTestSupport
import GuestView
import PlatformLint
import Testing

@Suite("The library for C, misused")
struct MisuseTests {
  private static func tree() throws -> [UInt8] {
    try ExampleCompiler(Example(in: .virt, "").source).bytes
  }

  private func expect(
    _ message: String, _ call: LibraryCall, status: Int = Int(DTGEN_USAGE),
    _ place: SourceLocation = #_sourceLocation
  ) {
    let answer = call.run()
    #expect(Int(answer.status) == status, sourceLocation: place)
    #expect(answer.message == message, sourceLocation: place)
    // The report says the same, and is whole.
    #expect(answer.json.hasSuffix("}\n"), sourceLocation: place)
    #expect(answer.json.contains("\"unreadable\": [\n    {"), sourceLocation: place)
  }

  @Test("NULL and sizes that are none are refused")
  func requests() throws {
    #expect(LibraryCall.answer(nil).message == "the request is NULL")
    #expect(dtgen_check(nil, nil) == DTGEN_USAGE)
    #expect(dtgen_report_json(nil, nil) == nil)
    #expect(dtgen_report_message(nil) == nil)
    dtgen_report_free(nil)
    expect(
      "the request's size is 0; set it to sizeof(dtgen_request)",
      LibraryCall(tree: try Self.tree(), edit: { $0.size = 0 }))
    let size = MemoryLayout<dtgen_request>.size
    expect(
      "the request has \(size + 8) bytes and this library knows \(size): it is older than the header",
      LibraryCall(tree: try Self.tree(), edit: { $0.size = size + 8 }))
  }

  @Test("a request of an older header leaves out the rest", .requires(.dtc))
  func older() throws {
    // The name and the tree, and behind them what such a program doesn't have.
    let call = LibraryCall(
      tree: try Self.tree(), guest: "no such kernel",
      edit: { $0.size = MemoryLayout<dtgen_request>.offset(of: \.tables) ?? 0 })
    #expect(call.run().status == DTGEN_CLEAN)
  }

  @Test("nothing to judge, and what is no tree, is never clean")
  func inputs() {
    expect("there is neither a tree nor tables", LibraryCall())
    let bad = Int(DTGEN_BAD_INPUT)
    for bytes: [UInt8] in [[], [0xd0, 0x0d, 0xfe, 0xed], Array("<!DOCTYPE html>".utf8)] {
      let answer = LibraryCall(tree: bytes).run()
      #expect(Int(answer.status) == bad)
      #expect(answer.message?.hasPrefix("tree: ") == true)
    }
    let answer = LibraryCall(tables: [Array("SSDT".utf8)]).run()
    #expect(Int(answer.status) == bad)
    #expect(answer.message?.hasPrefix("tables 0: ") == true)
  }

  @Test("names that there are not, and contradictions, are refused", .requires(.dtc))
  func contradictions() throws {
    let tree = try Self.tree()
    expect(
      "guest: the options of 'linux' aren't known here", LibraryCall(tree: tree, guest: "linux"))
    expect(
      "guest and kernel_config exclude each other",
      LibraryCall(tree: tree, guest: "debian-13-arm64", configuration: [0x23]))
    expect(
      "required: there is no rule or family 'dam'", LibraryCall(tree: tree, required: ["dam"]))
    expect("fail_on: 9 is none of DTGEN_FAIL_*", LibraryCall(tree: tree, failOn: 9))
    expect(
      "devices: NULL, with a count", LibraryCall(tree: tree, edit: { $0.device_count = 1 }))
    expect(
      "tree: its size is more than a machine has",
      LibraryCall(tree: tree, edit: { $0.tree.size = -1 }))
    expect("tables: NULL, with a count", LibraryCall(tree: tree, edit: { $0.table_count = 1 }))
    expect(
      "required: NULL, with a count", LibraryCall(tree: tree, edit: { $0.required_count = 1 }))
  }

  @Test("devices without a node, or with two answers, are refused", .requires(.dtc))
  func devices() throws {
    let tree = try Self.tree()
    func call(_ nodes: [String], _ edit: @escaping (inout dtgen_request) -> Void = { _ in })
      -> LibraryCall
    {
      LibraryCall(
        tree: tree,
        features: DeviceFeatures(
          devices: nodes.map { DeviceFeatures.Device(node: $0, type: 2, featureBits: [33]) }),
        edit: edit)
    }
    expect("devices[0]: node is no path of a node", call(["virtio@a000000"]))
    expect("devices[1]: a second answer for /a", call(["/a", "/a"]))
    var device = dtgen_device(
      node: nil, requester_id: -1, type: 2, features: (0, 0), queue_sizes: nil, queue_count: 0)
    withUnsafePointer(to: &device) { device in
      expect(
        "devices[0]: node is no path of a node",
        call(["/a"]) { $0.devices = device })
    }
    #expect(try call(["/nowhere"]).run().rules.contains("virtio/features-without-device"))
  }
}

import Testing

@testable import PlatformDescription

@Suite("a packed model")
struct PackedModelTests {
  /// Packs one value.
  private func pack(_ value: some Encodable) throws -> [UInt8] {
    let writer = PackedWriter()
    try writer.append(value)
    return try writer.bytes()
  }

  /// Reads one value.
  private func unpack<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Value {
    let reader = try PackedReader(bytes)
    return try Value(from: PackedDecoder(reader: reader, position: reader.root))
  }

  @Test("says what was described, and nothing is lost on the way back")
  func roundTrip() throws {
    let packed = try EveryNoun.platform.packed()
    let read = try Platform(packed: packed)
    #expect(read == EveryNoun.platform)
    #expect(try read.packed() == packed)
    #expect(try read.json() == EveryNoun.platform.json())
    #expect(try packed.count < EveryNoun.platform.json().count / 4)
  }

  @Test("is the same whether its values pack themselves or go through Codable")
  func twoWays() throws {
    let packed = try EveryNoun.platform.packed()
    #expect(try pack(EveryNoun.platform) == packed)
    #expect(try unpack(Platform.self, packed) == Platform(packed: packed))
    let device = try fullDevice()
    let full = Platform("full") {
      VirtualMachine("guest", architecture: .arm64) { device }.bootCPU(1)
    }
    #expect(try pack(full) == full.packed())
    #expect(try Platform(packed: full.packed()) == full)
  }

  /// A device in which nothing is left out, so that a part that is added later has to be packed too.
  private func fullDevice() throws -> VirtioMMIO {
    let label = Label("full")
    var device = VirtioMMIO(
      .block(segMax: 64), at: 0xffff_ffff_ffff_fe00, interrupt: .spi(9, .edgeRising),
      memoryRegion: EveryNoun.vrings, backend: "other", iommu: EveryNoun.smmu, endpoint: 7,
      features: [.ringPacked], withholding: [.accessPlatform], acpi: .prp0001
    ).allowing("dma/x", because: "a test says so").omitting("dma-coherent").labelled(label)
      .named("full").adding { Property("wakeup-source") }
    device.slot = 3
    var reference = Reference(to: label)
    reference.at = 0x1000
    device.memoryRegion.append(reference)
    for part in [device, device.declaration, device.device, reference] as [Any] {
      for (label, value) in Mirror(reflecting: part).children {
        let mirror = Mirror(reflecting: value)
        try #require(
          !(mirror.displayStyle == .optional && mirror.children.isEmpty), "\(label ?? "")")
      }
    }
    return device
  }

  @Test("keeps numbers up to the limits of their types")
  func numbers() throws {
    let signed = [Int.min, Int.min + 1, -129, -128, -1, 0, 1, 127, 128, Int.max]
    #expect(try unpack([Int].self, pack(signed)) == signed)
    let unsigned: [UInt64] = [0, 1 << 62, 1 << 63, .max]
    #expect(try unpack([UInt64].self, pack(unsigned)) == unsigned)
    #expect(throws: DecodingError.self) { try unpack([Int].self, pack([UInt64.max])) }
    #expect(throws: DecodingError.self) { try unpack([UInt8].self, pack([256])) }
    #expect(throws: DecodingError.self) { try unpack([UInt8].self, pack([-1])) }
    #expect(throws: EncodingError.self) { try pack([1.5]) }
  }

  @Test("is read by its keys, in whatever order they come")
  func order() throws {
    struct Backwards: Encodable {
      var column = 3, line = 2, unknown = ["nested": [1]], file = "a.swift"
    }
    let location = try unpack(PlatformDescription.SourceLocation.self, pack(Backwards()))
    #expect(location == .init(file: "a.swift", line: 2, column: 3))
    let reader = try PackedReader(pack(Backwards()))
    let unpacked = try PlatformDescription.SourceLocation(
      unpacking: PackedDecoder(reader: reader, position: reader.root))
    #expect(unpacked == location)
  }

  @Test("keeps what has no type of its own: the cases of enumerations, and arrays in arrays")
  func nested() throws {
    enum Shape: Codable, Equatable {
      case point, line(from: Int, to: [Int])
      indirect case pair(Shape, Shape)
    }
    let shapes: [Shape] = [.pair(.line(from: 1, to: [2, 3]), .pair(.point, .point)), .point]
    #expect(try unpack([Shape].self, pack(shapes)) == shapes)
    struct Rows: Encodable {
      func encode(to encoder: any Encoder) throws {
        var rows = encoder.unkeyedContainer()
        for row in 0..<3 {
          var cells = rows.nestedUnkeyedContainer()
          for cell in 0..<row { try cells.encode(cell) }
        }
        try rows.encode([7])
      }
    }
    #expect(try unpack([[Int]].self, pack(Rows())) == [[], [0], [0, 1], [7]])
  }

  @Test("of another version is refused, and so is one that lacks a key")
  func unpacked() throws {
    struct Model: Encodable {
      var schemaVersion = 1
      var name: String? = "a"
      var virtualMachines: [[String: String]] = []
    }
    #expect(try Platform(packed: pack(Model())).virtualMachines.isEmpty)
    for wrong in [
      Model(schemaVersion: 2), Model(name: nil), Model(virtualMachines: [["name": "guest"]]),
    ] {
      #expect(throws: ModelError.self) { try Platform(packed: pack(wrong)) }
    }
  }

  @Test("that lacks a key, or has a value of another kind, is refused")
  func kinds() throws {
    #expect(throws: DecodingError.self) {
      try unpack(PlatformDescription.SourceLocation.self, pack(["file": "a"]))
    }
    #expect(throws: DecodingError.self) { try unpack([String].self, pack([1])) }
    #expect(throws: DecodingError.self) { try unpack([String].self, pack(["a": "b"])) }
    #expect(throws: DecodingError.self) { try unpack([Bool].self, pack(["true"])) }
    #expect(try unpack([Bool?].self, pack([true, nil, false])) == [true, nil, false])
  }

  @Test("cut anywhere, or with more behind it, is refused")
  func truncated() throws {
    let packed = try EveryNoun.platform.packed()
    for count in stride(from: 0, to: packed.count, by: 31) {
      #expect(throws: ModelError.self) { try Platform(packed: Array(packed[..<count])) }
    }
    #expect(throws: ModelError.self) { try Platform(packed: packed + [0]) }
    #expect(throws: ModelError.self) { try Platform(packed: EveryNoun.platform.json()) }
  }

  @Test("with any byte changed is refused or read, and never trapped")
  func changed() throws {
    let packed = try EveryNoun.platform.packed()
    for index in stride(from: 0, to: packed.count, by: 97) {
      for byte: UInt8 in [0x00, 0x07, 0x80, 0xff] {
        var changed = packed
        changed[index] = byte
        do throws(ModelError) { _ = try Platform(packed: changed) } catch {
          #expect(!error.message.isEmpty)
        }
      }
    }
  }

  @Test(
    "whose numbers, lengths or strings lead nowhere is refused",
    arguments: [
      // No value; no end of a number; a number of 65 bits; more strings than bytes.
      [0x00], [0x00, 0x03, 0x80], [0x00, 0x03] + [UInt8](repeating: 0xff, count: 9) + [0x02],
      [0xff, 0xff, 0x03, 0x00],
      // A string longer than the rest; one that is not there; a tag that means nothing.
      [0x01, 0x05, 0x61], [0x00, 0x05, 0x00], [0x00, 0x08],
      // An array longer than the rest; an entry longer than its array; a key without a value.
      [0x00, 0x07, 0x01, 0x00, 0x00, 0x00], [0x00, 0x07, 0x01, 0x00, 0x00, 0x00, 0x03, 0x01],
      [0x01, 0x01, 0x61, 0x06, 0x01, 0x00, 0x00, 0x00, 0x00],
    ] as [[UInt8]])
  func nowhere(bytes: [UInt8]) {
    #expect(throws: ModelError.self) { try PackedReader(PackedForm.magic + bytes) }
  }

  @Test("may be nested as deep as JSON, and no deeper")
  func depth() throws {
    func nested(_ depth: Int) -> [UInt8] {
      var bytes: [UInt8] = []
      for _ in 0..<depth {
        let length = UInt32(bytes.count)
        bytes = [0x07] + (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + bytes
      }
      return PackedForm.magic + [0x00] + bytes
    }
    _ = try PackedReader(nested(PackedForm.depthLimit))
    #expect(throws: ModelError.self) { try PackedReader(nested(PackedForm.depthLimit + 1)) }
  }
}

import ACPI
import DTGenTestSupport
import Foundation

/// The tables that a guest gets besides those of its machine, and how.
struct BootTables: Hashable {
  /// Where tables come from.
  enum Source: Hashable {
    /// A virtual machine of a platform in `fixtures/platforms`, as `dist/bin/dtgen` emits it.
    case fixture(String, machine: String)
    /// What stands in the braces of a virtual machine, as `dist/bin/dtgen` emits it.
    case described(GuestArchitecture, String)
    /// Terms, for what no description can say.
    case terms([Term])
  }

  /// What is done to them on the way.
  enum Damage: Hashable {
    /// The checksum of the first is another one.
    case checksum
    /// The first claims a byte more than it has.
    case length
    /// The archive is compressed, together with the initrd.
    case compression
    /// These bytes stand at an offset of the table with this signature, whose checksum is right.
    case bytes([UInt8], at: Int, of: String)
    /// All `old` in the table with this signature are `new`, as long; its checksum is right.
    case replacement([UInt8], with: [UInt8], of: String)
  }

  var source: Source
  /// The windows of the machine whose own devices are hidden, so that each has one.
  var hidden: [Int] = []
  var damage: Damage?
  /// Tables that are given besides, from an initrd.
  var others: [[UInt8]] = []
  /// Who gives them to the guest.
  var way = Way.initrd

  /// How tables come to a guest.
  enum Way: Hashable {
    /// Linux takes them from its initrd.
    case initrd
    /// QEMU hands them over with its own: `-acpitable`.
    case acpiTable
    /// They are all that there are, and firmware takes them from QEMU in place of its own.
    case firmware
  }

  /// The same, with something done to them.
  func damaged(_ damage: Damage) -> BootTables {
    var tables = self
    tables.damage = damage
    return tables
  }

  /// The options of QEMU that hand them over.
  ///
  /// - Throws: ``Failure``, and what writing the tables throws.
  func arguments(_ scratch: ScratchDirectory) throws -> [String] {
    switch way {
    case .initrd: return []
    case .acpiTable:
      return try tables().flatMap { table in
        ["-acpitable", "file=" + (try scratch.write(table.bytes, to: table.name + ".aml").asValue)]
      }
    case .firmware:
      guard case .fixture(let platform, let machine) = source else {
        throw Failure("only a platform of the fixtures has all tables")
      }
      let files = try Self.built(
        Repository.fixtures + "/platforms/\(platform)/platform.swift", machine: machine,
        name: platform, emit: "fw-cfg", ending: ".bin")
      let names = [
        "acpi-tables": "etc/acpi/tables", "acpi-rsdp": "etc/acpi/rsdp",
        "table-loader": "etc/table-loader",
      ]
      return try files.flatMap { file -> [String] in
        guard let name = names[file.name] else { throw Failure("what is \(file.name)?") }
        var bytes = file.bytes
        if file.name == "acpi-tables", let damage { try damage.apply(toTablesIn: &bytes) }
        let path = try scratch.write(bytes, to: file.name)
        return ["-fw_cfg", "name=\(name),file=\(path.asValue)"]
      }
    }
  }

  /// The archives to put in front of an initrd.
  ///
  /// - Throws: ``Failure``, and what writing the tables throws.
  func archive() throws -> [UInt8] {
    var archive = way == .initrd ? InitrdArchive(tables: try given()).bytes : []
    if !hidden.isEmpty {
      // A table of its own, so that the one that is proven stays as it is.
      archive += InitrdArchive(tables: [(name: "hide", bytes: try hiding.bytes())]).bytes
    }
    return archive
  }

  /// The whole initrd: the archives, and what the guest unpacks as its root.
  ///
  /// - Throws: ``Failure``, and what writing the tables throws.
  func initrd(before root: Data) throws -> [UInt8] {
    let whole = try archive() + root
    guard damage == .compression else { return whole }
    let scratch = try ScratchDirectory()
    let file = try scratch.write(whole, to: "initrd")
    let result = try Tool("gzip", package: "gzip").run(["-1", "-n", file])
    guard result.status == 0, let bytes = scratch.read("initrd.gz") else {
      throw Failure("gzip: \(result.errors)")
    }
    return bytes
  }

  /// The tables as the guest is given them, damage and all.
  ///
  /// - Throws: ``Failure``, and what writing the tables throws.
  func given() throws -> [(name: String, bytes: [UInt8])] {
    let more = others.enumerated().map { (name: "other\($0.offset)", bytes: $0.element) }
    let tables = try self.tables() + more
    guard let damage, damage != .compression, var first = tables.first?.bytes else { return tables }
    switch damage {
    case .checksum: first[9] &+= 1
    case .length:
      first[4] &+= 1
      first[9] &-= 1
    case .compression: break
    case .bytes(_, _, let signature), .replacement(_, _, let signature):
      return try tables.map { table in
        guard table.bytes.starts(with: signature.utf8) else { return table }
        var bytes = table.bytes
        try damage.apply(toTablesIn: &bytes)
        return (name: table.name, bytes: bytes)
      }
    }
    return [(name: "ssdt", bytes: first)]
  }

  private func tables() throws -> [(name: String, bytes: [UInt8])] {
    switch source {
    case .fixture(let platform, let machine):
      let file = "\(Repository.fixtures)/platforms/\(platform)/platform.swift"
      return try Self.built(file, machine: machine, name: platform)
    case .described(let architecture, let content):
      let scratch = try ScratchDirectory()
      let text = """
        import PlatformDescription

        let platform = Platform("boot") {
          VirtualMachine("guest", architecture: .\(architecture.rawValue), firmware: .acpi) {
            \(content)
          }
        }

        """
      let file = try scratch.write(Array(text.utf8), to: "platform.swift")
      return try Self.built(file, machine: "guest", name: "a description of a boot")
    case .terms(let terms):
      return [(name: "ssdt", bytes: try DefinitionBlock.ssdt("DEVICES", terms).bytes())]
    }
  }

  /// What `dtgen build` writes for a machine.
  private static func built(
    _ file: String, machine: String, name: String, emit: String = "aml", ending: String = ".aml"
  ) throws -> [(name: String, bytes: [UInt8])] {
    let scratch = try ScratchDirectory()
    let dtgen = Tool(path: Repository.root + "/dist/bin/dtgen", package: "make build")
    let result = try dtgen.run([
      "build", file, "-q", "--fail-on", "never", "--vm", machine, "--emit", emit, "-o",
      scratch.path,
    ])
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted()
    let tables = names.compactMap { name -> (name: String, bytes: [UInt8])? in
      guard name.hasPrefix(machine + "-"), name.hasSuffix(ending), let bytes = scratch.read(name)
      else { return nil }
      return (String(name.dropFirst(machine.count + 1).dropLast(ending.count)), bytes)
    }
    guard result.status == 0, !tables.isEmpty else {
      throw Failure("\(name) gives no tables of \(machine): \(result.errors)")
    }
    // What Linux takes from an initrd; see drivers/acpi/tables.c, table_sigs.
    return tables.filter { $0.name != "viot" }
  }

  /// A table that hides devices of QEMU's own tables, which have no `_STA`.
  private var hiding: DefinitionBlock {
    let paths = hidden.map { slot in
      NamePath(
        absolute: ["_SB", NameSegment(stringLiteral: "VR" + (slot < 10 ? "0" : "") + "\(slot)")])
    }
    return .ssdt(
      "HIDE", externals: paths.map { External($0, .device) },
      paths.map { .scope($0, [.name("_STA", .integer(0))]) })
  }
}

extension BootTables.Damage {
  /// Changes bytes of a table among those in `file`; a checksum that was right is made right again.
  ///
  /// - Throws: ``Failure`` where there is no such table, or nothing to change.
  func apply(toTablesIn file: inout [UInt8]) throws {
    let signature: String
    switch self {
    case .bytes(_, _, let name), .replacement(_, _, let name): signature = name
    case .checksum, .length, .compression: return
    }
    let tables = try TableFile(file).tables
    guard let range = tables.first(where: { $0.header.signature == signature })?.byteRange else {
      throw Failure("there is no \(signature)")
    }
    let isRight = file[range].reduce(0, &+) == 0
    switch self {
    case .bytes(let bytes, let offset, _):
      guard offset + bytes.count <= range.count else { throw Failure("\(signature) is shorter") }
      file.replaceSubrange(
        (range.lowerBound + offset)..<(range.lowerBound + offset + bytes.count), with: bytes)
    case .replacement(let old, let new, _):
      guard old.count == new.count, file[range].firstRange(of: old) != nil else {
        throw Failure("\(signature) has none of these bytes")
      }
      var table = Array(file[range])
      while let found = table.firstRange(of: old) { table.replaceSubrange(found, with: new) }
      file.replaceSubrange(range, with: table)
    case .checksum, .length, .compression: break
    }
    // Where there is none, a loader makes it.
    guard isRight, range.count > 9 else { return }
    file[range.lowerBound + 9] = 0
    file[range.lowerBound + 9] = 0 &- file[range].reduce(0, &+)
  }
}

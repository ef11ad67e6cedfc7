import DTGenTestSupport
import Foundation
import Testing

@testable import VMMInterface

@Suite("Domains of libvirt's")
struct LibvirtDomainTests {
  private static let names = ["windows", "many-windows", "functions"]

  private static func path(_ name: String) -> String {
    Repository.fixtures + "/libvirt/\(name).xml"
  }

  private static func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  private func domain(_ text: String) throws -> LibvirtDomain {
    try LibvirtDomain(Array(text.utf8))
  }

  /// A device, by what decides where it is and what it offers.
  private struct Device: Hashable, CustomStringConvertible {
    var model: String
    var properties: [String: String]
    var description: String { "\(model) \(properties.sorted { $0.key < $1.key })" }

    init(_ pairs: [(key: String, value: String)]) {
      let decisive: Set = [
        "iommu_platform", "ats", "packed", "page-per-vq", "num-queues", "bus", "addr",
        "multifunction", "chassis", "port",
      ]
      model = pairs.first { $0.key == "driver" }?.value ?? ""
      properties = [:]
      for (key, value) in pairs where decisive.contains(key) {
        properties[key] = key == "addr" ? Self.function(value) : value
      }
    }

    private static func function(_ text: String) -> String {
      text.contains(".") ? text : text + ".0x0"
    }
  }

  /// A property as libvirt writes it.
  private struct Value: Decodable {
    var text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(Bool.self) {
        text = value ? "on" : "off"
      } else if let value = try? container.decode(Int.self) {
        text = String(value)
      } else {
        text = try container.decode(String.self)
      }
    }
  }

  private func libvirtDevice(_ json: String) throws -> Device {
    let values = try JSONDecoder().decode([String: Value].self, from: Data(json.utf8))
    return Device(values.map { ($0.key, $0.value.text) })
  }

  private static func values(of option: String, in words: [String]) -> [String] {
    words.indices.dropLast().filter { words[$0] == option }.map { words[$0 + 1] }
  }

  /// Where a device is without a bus follows from the order of devices.
  @Test(
    "have the devices that libvirt gives QEMU, in its order", .requires(.virsh), arguments: names)
  func devices(_ name: String) throws {
    #expect(try Libvirt.complaint(about: Self.path(name)) == nil)
    let libvirt = try Libvirt.command(of: Self.path(name))
    let own = try domain(try Self.text(name)).command()
    let theirs = try Self.values(of: "-device", in: libvirt).filter { !$0.contains("scsi-hd") }.map(
      libvirtDevice)
    let ours = Self.values(of: "-device", in: own).map {
      Device(QEMUOptions.pairs($0, first: "driver"))
    }
    #expect(ours == theirs)
    for option in ["-cpu", "-smp", "-kernel", "-initrd", "-append", "-dtb", "-global"] {
      #expect(
        Self.values(of: option, in: own).map { $0.replacing("dies=1,", with: "") }
          == Self.values(of: option, in: libvirt).map { $0.replacing("dies=1,", with: "") },
        "\(option)")
    }
    let machine = Self.values(of: "-machine", in: libvirt)[0].split(separator: ",")
    for part in Self.values(of: "-machine", in: own)[0].split(separator: ",").dropFirst()
    where part != "acpi=off" {
      #expect(machine.contains(part))
    }
    #expect(libvirt.contains("-no-acpi") || machine.contains("acpi=off"))
  }

  @Test("have nothing behind their devices")
  func backends() throws {
    for name in Self.names {
      let words = try domain(try Self.text(name)).command()
      #expect(!words.joined(separator: " ").contains("disk.img"))
      #expect(!words.contains("-netdev") || words.contains { $0.hasPrefix("hubport") })
    }
  }

  @Test(
    "are refused where they may be another machine than is known here",
    arguments: [
      ("<memory unit='KiB'>262144</memory>", "", "the domain has no <memory>"),
      ("<memory unit='KiB'>", "<memory unit='stones'>", "is no size that is known here"),
      ("262144</memory>", "99999999999999999999</memory>", "is no size that is known here"),
      (
        "arch='aarch64' machine='virt'", "arch='x86_64' machine='q35'",
        "its guests go by ACPI tables"
      ),
      (
        "<devices>", "<launchSecurity type='sev'/><devices>", "can't be had before the guest starts"
      ),
      ("<devices>", "<surprise/><devices>", "<surprise>: may change what the guest sees"),
      ("<gic version='3'/>", "<gic version='3'/><smm/>", "<smm>: may change what the guest sees"),
      ("<gic version='3'/>", "<gic version='3,dumpdtb=x'/>", "is no name of QEMU's"),
      ("type='qemu'", "type='xen'", "isn't QEMU's"),
      ("<memballoon model='none'/>", "<hostdev/>", "nothing can stand in for it"),
      ("<memballoon model='none'/>", "<tpm/>", "nothing can stand in for it"),
      ("<memballoon model='none'/>", "<memballoon model='virtio'/>", "has no <address>"),
      (
        "<memballoon model='none'/>",
        "<memballoon model='virtio'><address type='ccw'/></memballoon>", "isn't known here"
      ),
      (
        "<memballoon model='none'/>",
        "<filesystem><driver type='virtiofs'/><address type='virtio-mmio'/></filesystem>",
        "nothing can stand in for 'virtiofs'"
      ),
      (
        "<memballoon model='none'/>",
        "<interface type='vdpa'><model type='virtio'/></interface>", "what hardware offers"
      ),
      ("device='disk'", "device='disk' model='virtio-transitional'", "is one of PCI"),
      ("iommu='on'", "iommu='maybe'", "iommu='maybe' is neither on nor off"),
      ("'-global'", "'-device'", "<qemu:arg> '-device'"),
      ("guest-config='/srv", "guest-config='srv", "takes a path that begins with '/'"),
      ("guest-config=", "guestconfig=", "'guestconfig' isn't known"),
      ("<dtgen:gate ", "<dtgen:gat ", "takes one element of urn:dtgen:libvirt:1, <gate>"),
      ("urn:dtgen:libvirt:1", "urn:dtgen:libvirt:2", "and urn:dtgen:libvirt:1 is known"),
      ("urn:dtgen:libvirt:1", "urn:DTGen:libvirt", "and urn:dtgen:libvirt:1 is known"),
      ("<devices>", "<devices/><devices>", "a second <devices>"),
      ("<devices>", "<memory>1</memory><devices>", "a second <memory>"),
      ("/usr/bin/qemu-system-aarch64", "qemu", "is no path that begins with '/'"),
    ] as [(String, String, String)])
  func refused(_ text: String, _ other: String, _ message: String) throws {
    let changed = try Self.text("windows").replacing(text, with: other)
    let other = try Self.text("windows")
    #expect(changed != other)
    let error = #expect(throws: CommandLineError.self) {
      _ = try domain(changed).command()
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test("say in their metadata what belongs to the gate")
  func settings() throws {
    let plain = try Self.text("windows")
    #expect(try domain(plain).gate?.guestConfig == "/srv/guest/config")
    #expect(try domain(try Self.text("functions")).gate == nil)
    let other = plain.replacing(
      "guest-config='/srv/guest/config'",
      with:
        "guest='debian-13-cloud-arm64' policy='/p' require='dma guest' firmware-keeps-tree='yes'")
    let gate = try #require(try domain(other).gate)
    #expect(gate.guest == "debian-13-cloud-arm64")
    #expect(gate.policy == "/p")
    #expect(gate.required == ["dma", "guest"])
    #expect(gate.firmwareKeepsTree)
    #expect(gate.guestConfig == nil)
  }

  @Test("have firmware that may hide the tree")
  func firmware() throws {
    let text = try Self.text("windows").replacing(
      "<kernel>", with: "<loader type='pflash' readonly='yes'>/srv/fw</loader><kernel>"
    ).replacing("<gic", with: "<acpi/><gic")
    #expect(try domain(text).firmwareWithTables == "/srv/fw")
    #expect(try domain(text).command().contains { $0.contains("acpi=auto") })
    #expect(try domain(text.replacing("<acpi/>", with: "")).firmwareWithTables == nil)
    let automatic = text.replacing("<os>", with: "<os firmware='efi'>").replacing(
      "<loader type='pflash' readonly='yes'>/srv/fw</loader>", with: "")
    #expect(try domain(automatic).firmwareWithTables == "efi")
  }

  @Test(
    "don't have tables of ACPI turned on behind libvirt's back",
    arguments: ["acpi=on", "virt,acpi=auto"])
  func tablesByArgument(value: String) throws {
    let arguments = """
      <qemu:commandline><qemu:arg value='-machine'/><qemu:arg value='\(value)'/></qemu:commandline></domain>
      """
    let text = try Self.text("windows").replacing("</domain>", with: arguments)
    let error = #expect(throws: CommandLineError.self) { _ = try domain(text).command() }
    #expect(
      error?.description.contains("<acpi/> in <features>") == true, "\(String(describing: error))")
  }

  @Test("override properties of devices, by their aliases")
  func overrides() throws {
    let text = try Self.text("windows").replacing(
      "<address type='virtio-mmio'/>", with: "<alias name='ua-disk'/><address type='virtio-mmio'/>"
    ).replacing(" iommu='on'", with: "")
    let override = """
      <qemu:override><qemu:device alias='ua-disk'><qemu:frontend>
        <qemu:property name='iommu_platform' type='bool' value='true'/>
      </qemu:frontend></qemu:device></qemu:override></domain>
      """
    let words = try domain(text.replacing("</domain>", with: override)).command()
    #expect(
      words.contains { $0.hasPrefix("virtio-blk-device") && $0.hasSuffix("iommu_platform=on") })
    let other = override.replacing("ua-disk", with: "ua-other")
    #expect(throws: CommandLineError.self) {
      _ = try domain(text.replacing("</domain>", with: other)).command()
    }
  }
}

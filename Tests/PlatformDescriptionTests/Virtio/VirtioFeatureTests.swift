import Foundation
import PlatformDescription
import Testing

/// Feature bits and device IDs against the headers that Linux's drivers are compiled with.
@Suite("the numbers of virtio")
struct VirtioFeatureTests {
  /// `#define NAME 12` of every virtio header of the system.
  static let header: [String: Int] = {
    let directory = "/usr/include/linux"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    var numbers: [String: Int] = [:]
    for file in files where file.hasPrefix("virtio") {
      let data = FileManager.default.contents(atPath: directory + "/" + file) ?? Data()
      for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
        let words = line.split { $0 == " " || $0 == "\t" }
        guard words.count >= 3, words[0] == "#define", let number = Int(words[2]) else { continue }
        numbers[String(words[1])] = number
      }
    }
    return numbers
  }()

  /// Linux calls these otherwise.
  static let otherNames = ["VIRTIO_BALLOON_F_PAGE_REPORTING": "VIRTIO_BALLOON_F_REPORTING"]

  static func bits<Bit: VirtioFeatureBit>(of type: Bit.Type) -> [(name: String, bit: Int)] {
    type.allCases.map { ($0.name, $0.rawValue) }
  }

  @Test("feature bits are those of Linux's headers")
  func bits() throws {
    let ours = VirtioFeature.types.flatMap { Self.bits(of: $0) }
    var compared = 0
    for (name, bit) in ours {
      guard let theirs = Self.header[Self.otherNames[name] ?? name] else { continue }
      #expect(theirs == bit, "\(name)")
      compared += 1
    }
    // Headers of Linux 6.1 lack what came later: a dozen, and all of crypto, sound and PMEM.
    #expect(compared > 50)
    #expect(Set(ours.map(\.name)).count == ours.count)
  }

  @Test("no bit that Linux's headers have for these types is left out, but for drafts")
  func complete() {
    let ours = Set(VirtioFeature.types.flatMap { Self.bits(of: $0) }.map(\.name))
    let prefixes = Set(ours.compactMap { $0.components(separatedBy: "_F_").first })
    // Of drafts before the standard, or another word for a bit.
    let drafts: Set = [
      "VIRTIO_BLK_F_BARRIER", "VIRTIO_BLK_F_SCSI", "VIRTIO_NET_F_GSO", "VIRTIO_BALLOON_F_REPORTING",
      // Came after version 1.3.
      "VIRTIO_NET_F_DEVICE_STATS", "VIRTIO_MEM_F_PERSISTENT_SUSPEND",
    ]
    for name in Self.header.keys.sorted() where name.contains("_F_") {
      guard let prefix = name.components(separatedBy: "_F_").first, prefixes.contains(prefix)
      else { continue }
      #expect(ours.contains(name) || drafts.contains(name), "\(name)")
    }
  }

  @Test("bits that every device has are those of Linux's headers")
  func common() {
    var compared = 0
    for bit in 28...41 {
      let name = VirtioFeature.bit(bit).name
      guard name.hasPrefix("VIRTIO_F_") else { continue }
      let ring = name.replacingOccurrences(of: "VIRTIO_F_", with: "VIRTIO_RING_F_")
      guard let theirs = Self.header[name] ?? Self.header[ring] else { continue }
      #expect(theirs == bit, "\(name)")
      compared += 1
    }
    #expect(compared >= 7)
  }

  @Test("every type that Linux has a number for has a name, and so has every type of VIRTIO 1.3")
  func types() {
    let theirs = Self.header.filter { $0.key.hasPrefix("VIRTIO_ID_") }.values
    #expect(theirs.count > 35)
    for id in Set(theirs).union(1...13).union(16...45) {
      #expect(VirtioDevice.typeName(of: id) != "device \(id)", "\(id)")
    }
    #expect(VirtioDevice.typeName(of: 0) == "unspecified")
    #expect(VirtioDevice.typeName(of: 4711) == "device 4711")
  }

  @Test("a bit is named as on the device that has it")
  func names() {
    #expect(VirtioFeature.network(.mrgRxbuf).name == "VIRTIO_NET_F_MRG_RXBUF")
    #expect(VirtioFeature.bit(12).name == "bit 12")
    #expect(VirtioFeature.bit(12).name(on: 2) == "VIRTIO_BLK_F_MQ")
    #expect(VirtioFeature.accessPlatform.name == "VIRTIO_F_ACCESS_PLATFORM")
    #expect(
      [VirtioFeature.block(.mq), .bit(3), .network(.hostTSO6)].sorted().map(\.bit) == [3, 12, 12])
  }
}

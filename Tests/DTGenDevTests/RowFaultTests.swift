import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen_dev

@Suite("Rows that would be green without a proof")
struct RowFaultTests {
  private static let disk = "virtio@a000000"
  private static let pool = "bounce@5f000000"
  private static let twin = Outcome(report: GuestReport(BootReportTests.text), writtenDisks: 1)

  private static func row(_ expectations: [Prediction], hasTwin: Bool = true) -> BootCase {
    BootCase(
      name: "x", tree: .bytes([]), devices: [], expectations: expectations,
      twin: hasTwin ? BootCase.TwinKey(tree: .bytes([]), machine: .virt, devices: []) : nil)
  }

  @Test("expect nothing, or what a guest meets that never started")
  func nothing() {
    #expect(Self.row([]).fault != nil)
    for expectations: [Prediction] in [
      [.hangs], [.panics], [.silent], [.hangs, .silent], [.absent("x")], [.driverless("x")],
      [.fails("x")], [.driver("/x", nil)], [.noPool("x")], [.doesNotLog("x")],
      [.works("y"), .absent("x")],
    ] {
      let text = expectations.map(\.text).joined(separator: ", ")
      #expect(Self.row(expectations, hasTwin: false).fault != nil, "\(text)")
      #expect(Self.row(expectations).fault == nil, "\(text)")
    }
    #expect(Self.row([.works("x")], hasTwin: false).fault == nil)
    var ruled = Self.row([.works("x")], hasTwin: false)
    ruled.rule = "dma/two-pools"
    #expect(ruled.fault != nil)
  }

  @Test("miss what isn't there without the fault either, as a misspelt name is")
  func misspelt() {
    for expectation: Prediction in [
      .absent("virtio@a00000O"), .driverless("virtio@a00000O"), .fails("virtio@a00000O"),
      .stuck("virtio@a00000O"), .driver("/serial@900000", nil), .noPool("nonesuch"),
      .doesNotLog("Bootingg"), .logs("assigned reserved memory node"),
    ] {
      #expect(Self.row([expectation]).fault(twin: Self.twin) != nil, "\(expectation.text)")
    }
    for expectation: Prediction in [
      .absent(Self.disk), .driverless(Self.disk), .fails(Self.disk), .stuck(Self.disk),
      .driver("/serial@9000000", nil), .noPool(Self.pool), .logs("it fails"), .hangs, .panics,
      .doesNotLog("assigned reserved memory node"),
    ] {
      #expect(Self.row([expectation]).fault(twin: Self.twin) == nil, "\(expectation.text)")
    }
  }

  @Test("expect what the guest without the fault does")
  func same() {
    let same: [Prediction] = [.confined(Self.disk, pool: Self.pool), .cpus(2), .silent]
    #expect(Self.row(same).fault(twin: Self.twin)?.contains("all of this, too") == true)
    #expect(Self.row(same + [.escapes(Self.disk)]).fault(twin: Self.twin) == nil)
    let row = BootRow(boot: Self.row(same), outcome: Self.twin, twin: Self.twin)
    #expect(!row.agrees && row.observed.contains("all of this, too"))
  }

  @Test("come from a file that has our init just once, with a word of its own")
  func word() throws {
    let scratch = try ScratchDirectory()
    let word = ReportWord.random()
    let image = try scratch.write([UInt8]("<5 <5>DTGEN kind <5>".utf8), to: "image")
    #expect(try word.put(into: image) == Data("<5 <5>\(word.text) kind <5>".utf8))
    let pair = try scratch.write([UInt8]("<5>DTGEN <task>alone".utf8), to: "pair")
    #expect(try word.put(into: pair, hasPeer: true) == Data("<5>\(word.text) <task>share".utf8))
    #expect(try word.put(into: pair) == Data("<5>\(word.text) <task>alone".utf8))
    #expect(throws: Failure.self) { try word.put(into: image, hasPeer: true) }
    for text in ["", "<5>DTGEN", "<5>DTGEN <5>DTGEN "] {
      let other = try scratch.write([UInt8](text.utf8), to: "other")
      #expect(throws: Failure.self) { try word.put(into: other) }
    }
    #expect(throws: Failure.self) { try word.put(into: scratch.path + "/none") }
  }

  @Test("come from a kernel that is another one than it is kept as")
  func kernel() {
    let kernel = GuestKernel(image: "", imageWithoutPools: "", version: "6.12.11-1~deb12u1")
    #expect(kernel.isNamed(by: "6.12.11-dtgen") && kernel.isNamed(by: "6.12.11+deb12-cloud-arm64"))
    #expect(!kernel.isNamed(by: "6.12.117-dtgen") && !kernel.isNamed(by: "6.12.1-dtgen"))
  }
}

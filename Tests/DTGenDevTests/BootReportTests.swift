import Testing

@testable import dtgen_dev

@Suite("What a guest says")
struct BootReportTests {
  /// A guest with a disk in a pool, and a network card outside of it.
  static let text = """
    [    0.000000] OF: reserved mem: initialized node bounce@5f000000, compatible id restricted-dma-pool\r
    [    0.500000] virtio-mmio a000000.virtio: assigned reserved memory node bounce@5f000000\r
    [    0.900000] DTGEN guest kernel=6.12.117-dtgen machine=aarch64 cpus=2 page=4096 memory_kib=990000\r
    [    0.900100] DTGEN pool when=start name=swiotlb slots=128 used=0 peak=0\r
    [    0.900200] DTGEN pool when=start name=bounce@5f000000 slots=4096 used=32 peak=40\r
    [    0.900300] DTGEN platform device=9000000.serial driver=uart-pl011 node=/serial@9000000\r
    [    0.900400] DTGEN device name=virtio0 type=2 driver=virtio_blk parent=a000000.virtio \
    node=/virtio@a000000 version1=1 platform=1 group=- domain=-\r
    [    0.900500] DTGEN block device=virtio0 disk=vda half=8388608 segment=262144 request_kib=1280\r
    [    1.000000] DTGEN data device=virtio0 read=00000000deadbeef written=0000000000000001\r
    [    1.000100] DTGEN bounce device=virtio0 pool=bounce@5f000000 peak=1302\r
    [    1.000200] DTGEN io device=virtio0 result=ok\r
    [    1.000300] DTGEN device name=virtio1 type=1 driver=virtio_net parent=a000200.virtio \
    node=/virtio@a000200 version1=1 platform=1 group=- domain=-\r
    [    1.000400] DTGEN io device=virtio1 result=ok\r
    [    1.000500] DTGEN end seconds=1.00\r
    """

  private let outcome = Outcome(report: GuestReport(text), writtenDisks: 1)

  /// Two guests, of which the second has looked at the first one's pool.
  private static func pair(reaching: Int, word: String? = nil) -> Outcome {
    let (one, other) = (ReportWord(text: "first"), ReportWord(text: "other"))
    func guest(_ own: ReportWord, _ lines: String...) -> Outcome {
      let text = (lines + ["end seconds=1.00"]).map { "\(own.text) \($0)\n" }.joined()
      return Outcome(report: GuestReport(text, word: own), word: own)
    }
    var outcome = guest(one, "met region=mailbox@51000000 word=\(word ?? other.text)")
    outcome.peer = [
      guest(
        other, "met region=mailbox@51000000 word=\(one.text)",
        "share region=vrings@50000000 read=8 written=9 descriptors=20 reaching=\(reaching)")
    ]
    return outcome
  }

  @Test("is what a second guest reads of it, and at which addresses")
  func pairs() {
    let met = Prediction.meets("mailbox@51000000")
    let reached = Prediction.reaches("vrings@50000000")
    let missed = Prediction.misses("vrings@50000000")
    #expect(met.isMet(by: Self.pair(reaching: 3), twin: nil))
    #expect(reached.isMet(by: Self.pair(reaching: 3), twin: nil))
    #expect(!missed.isMet(by: Self.pair(reaching: 3), twin: nil))
    #expect(missed.isMet(by: Self.pair(reaching: 0), twin: nil))
    #expect(!reached.isMet(by: Self.pair(reaching: 0), twin: nil))
    // A word that the second guest doesn't have, a region that nobody saw, and no second guest.
    #expect(!met.isMet(by: Self.pair(reaching: 3, word: "third"), twin: nil))
    #expect(!Prediction.misses("vrings@52000000").isMet(by: Self.pair(reaching: 0), twin: nil))
    for prediction in [met, reached, missed] { #expect(!prediction.isMet(by: outcome, twin: nil)) }
    var cut = Self.pair(reaching: 3)
    cut.peer[0].report = GuestReport("other share region=vrings@50000000 read=8", word: cut.word)
    for prediction in [met, reached, missed] { #expect(!prediction.isMet(by: cut, twin: nil)) }
    #expect(
      Self.pair(reaching: 3).meeting(in: "vrings@50000000")
        == "in vrings@50000000 8 sectors read, 9 written, 3 of 20 descriptors reach one")
    #expect(
      Self.pair(reaching: 3).meeting(in: "mailbox@51000000")
        == "both words in mailbox@51000000")
  }

  @Test("only lines that start with the word of this boot are a report")
  func forging() {
    let word = ReportWord.random()
    #expect(word.text.count == 5 && word.text != ReportWord.random().text)
    let old = GuestReport(Self.text, word: word)
    #expect(old.devices.isEmpty && old.pools.isEmpty && !old.hasEnded && old.guest.isEmpty)
    let own = GuestReport(Self.text.replacing("DTGEN", with: word.text), word: word)
    #expect(own.devices.count == 2 && own.hasEnded)
    #expect(!GuestReport("[    0.1] x \(word.text) end ", word: word).hasEnded)
    let text = "[    0.1] Kernel panic - not syncing: x\n[    0.2] \(word.text) end "
    let forged = Outcome(report: GuestReport(text, word: word))
    #expect(!Prediction.panics.isMet(by: forged, twin: nil))
  }

  @Test("the report is read out of the log, and the rest stays the kernel's")
  func parts() throws {
    let report = outcome.report
    #expect(report.log.count == 2)
    #expect(report.guest["cpus"] == "2")
    #expect(report.pools.map(\.name) == ["swiotlb", "bounce@5f000000"])
    #expect(report.drivers["/serial@9000000"] == "uart-pl011")
    let disk = try #require(report.device("virtio@a000000"))
    #expect(disk.peaks == ["bounce@5f000000": 1302])
    #expect(disk.segment == 262_144)
    #expect(disk.group == nil)
    #expect(report.device("a000000")?.name == "virtio0")
    #expect(report.device("a00000") == nil)
    #expect(report.sums["virtio0"] == "00000000deadbeef")
    #expect(report.hasEnded && report.panic == nil)
  }

  @Test("what is expected is told from what isn't")
  func expectations() {
    let disk = "virtio@a000000"
    let net = "virtio@a000200"
    func isMet(_ expectation: Prediction) -> Bool { expectation.isMet(by: outcome, twin: nil) }
    #expect(isMet(.confined(disk, pool: "bounce@5f000000")))
    #expect(!isMet(.confined(disk, pool: "other")))
    #expect(!isMet(.confined(net, pool: "bounce@5f000000")))
    #expect(isMet(.escapes(net)))
    #expect(!isMet(.escapes(disk)))
    #expect(!isMet(.translated(net)))
    #expect(isMet(.works(disk)) && !isMet(.fails(disk)) && !isMet(.stuck(disk)))
    #expect(isMet(.absent("virtio@a000400")) && !isMet(.absent(disk)))
    #expect(!isMet(.driverless(disk)))
    #expect(!isMet(.hangs) && !isMet(.panics))
    #expect(isMet(.cpus(2)) && !isMet(.cpus(1)))
    #expect(isMet(.driver("/serial@9000000", "uart-pl011")))
    #expect(!isMet(.driver("/serial@9000000", nil)))
    #expect(isMet(.pool("bounce@5f000000")) && isMet(.noPool("other")))
    #expect(isMet(.logs("assigned reserved memory node <node>")))
    #expect(isMet(.logs("virtio-mmio <device>: assigned*bounce")))
    #expect(!isMet(.logs("assigned*virtio-mmio")))
    #expect(isMet(.silent))
  }

  @Test("a guest that says nothing, or stops, is no guest that works")
  func dead() {
    for text in ["", "[    0.1] Kernel panic - not syncing: no way", "[    0.1] Booting Linux"] {
      let dead = Outcome(report: GuestReport(text), isTimedOut: true)
      for expectation: Prediction in [
        .confined("a", pool: "b"), .escapes("a"), .translated("a"), .works("a"), .absent("a"),
        .driverless("a"), .stuck("a"), .fails("a"), .cpus(1), .driver("/a", nil), .noPool("b"),
      ] {
        #expect(!expectation.isMet(by: dead, twin: nil), "\(expectation.text) in '\(text)'")
      }
      #expect(Prediction.panics.isMet(by: dead, twin: nil) == text.contains("panic"))
      #expect(Prediction.hangs.isMet(by: dead, twin: nil) != text.contains("panic"))
      // A QEMU that went away by itself has booted nothing.
      let gone = Outcome(report: GuestReport(text))
      #expect(!Prediction.hangs.isMet(by: gone, twin: nil))
    }
  }

  @Test("a complaint counts unless the guest without the fault has it too")
  func complaints() {
    let bad = Outcome(report: GuestReport("[    0.1] cacheinfo: Unable to detect hierarchy 7"))
    let twin = Outcome(report: GuestReport("[    0.2] cacheinfo: Unable to detect hierarchy 9"))
    #expect(!Prediction.silent.isMet(by: bad, twin: nil))
    #expect(Prediction.silent.isMet(by: bad, twin: twin))
  }

  @Test("a row says what was seen, and agrees only with a good twin")
  func rows() {
    let boot = BootCase(
      name: "x", tree: .fixture("x", machine: "guest"), devices: [],
      expectations: [.confined("virtio@a000000", pool: "bounce@5f000000")])
    var row = BootRow(boot: boot, outcome: outcome)
    #expect(row.agrees)
    #expect(row.observed == "virtio@a000000 works in bounce@5f000000 (1302 slots)")
    row.isTwinGood = false
    #expect(!row.agrees)
    row = BootRow(boot: boot, outcome: nil, failure: "no kernel")
    #expect(!row.agrees)
    #expect(BootTable(rows: [row]).text.contains("DIFFERS"))
    #expect(BootTable(rows: [row]).summary == "1 boots, 0 as predicted; 0 rules proven")
  }

  @Test("a cell that is long goes on below, and nothing of it is lost")
  func wrapping() {
    let words = (1...40).map { "word\($0)" }
    let lines = BootTable.wrapped(words.joined(separator: " "))
    #expect(lines.count > 1 && lines.allSatisfy { $0.count <= 56 })
    #expect(lines.joined(separator: " ") == words.joined(separator: " "))
    let long = String(repeating: "x", count: 80)
    #expect(BootTable.wrapped("a \(long) b") == ["a", long, "b"])
    #expect(BootTable.wrapped("") == [""])
  }

  @Test("a disk that doesn't hold what the guest wrote is no agreement")
  func disks() {
    let boot = BootCase(
      name: "x", tree: .fixture("x", machine: "guest"), devices: [.mmio(.block, 0)],
      expectations: [.works("virtio@a000000")])
    var wrong = outcome
    wrong.wrongDisks = [0]
    #expect(BootRow(boot: boot, outcome: outcome).agrees)
    #expect(!BootRow(boot: boot, outcome: wrong).agrees)
    // Whatever a row is about: what the guest says that it wrote has to be there.
    var lost = outcome
    lost.writtenDisks = 0
    #expect(!lost.areDisksRight)
    #expect(!BootRow(boot: boot, outcome: lost).agrees)
  }
}

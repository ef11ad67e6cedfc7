import DTGenTestSupport
import PlatformDescription
import Testing

@testable import PlatformImport

@Suite("the text of an imported description")
struct PrintingTests {
  @Test(
    "has addresses in groups of four digits, small ones in decimal",
    arguments: [
      (GuestAddress(0), "0"), (9, "9"), (0x10, "0x10"), (0x1000, "0x1000"),
      (0x3_0000, "0x0003_0000"), (0x0900_0000, "0x0900_0000"),
      (0x40_1000_0000, "0x40_1000_0000"), (GuestAddress(.max), "0xffff_ffff_ffff_ffff"),
    ])
  func addresses(address: GuestAddress, text: String) {
    #expect(Literals.address(address) == text)
  }

  @Test(
    "has sizes in the largest unit of which there are a few",
    arguments: [
      (ByteCount.bytes(0), ".bytes(0)"), (.bytes(8), ".bytes(8)"), (.bytes(0x200), ".bytes(0x200)"),
      (.kib(4), ".kib(4)"), (.kib(1536), ".kib(1536)"), (.bytes(0xf6_0000), ".bytes(0xf6_0000)"),
      (.mib(8), ".mib(8)"), (.gib(1), ".gib(1)"), (.bytes(.max), ".bytes(0xffff_ffff_ffff_ffff)"),
    ])
  func sizes(size: ByteCount, text: String) {
    #expect(Literals.size(size) == text)
  }

  @Test("has numbers as people write them")
  func numbers() {
    #expect(Literals.cell(9) == "9")
    #expect(Literals.cell(0x1800) == "0x1800")
    #expect(Literals.cell(.max) == "0xffff_ffff")
    #expect(Literals.count(24_000_000) == "24_000_000")
    #expect(Literals.count(4096) == "4096")
    #expect(Literals.byte(7) == "0x07")
    #expect(Literals.interrupt(.spi(16, .edgeRising)) == ".spi(16, .edgeRising)")
  }

  @Test("shows every character that could hide something as its number")
  func strings() {
    #expect(Literals.string("a\"b\\c\\(d)") == #""a\"b\\c\\(d)""#)
    #expect(Literals.string("\t\n\r\0\u{1b}") == #""\t\n\u{d}\u{0}\u{1b}""#)
    #expect(Literals.string("\u{e9}\u{202e}\u{1f600}") == #""\u{e9}\u{202e}\u{1f600}""#)
  }

  @Test(
    "has names in lower camel case",
    arguments: [
      ("gpio-keys", "gpioKeys"), ("cpu_0", "cpu0"), ("GPIO0", "gpio0"), ("Uart", "uart"),
      ("i2c-a84000", "i2cA84000"), ("9lives", "node9lives"), ("", "node"), ("__", "node"),
      ("L2_cache", "l2Cache"), ("+", "node"),
    ])
  func camelCase(text: String, name: String) {
    #expect(Identifiers.camelCase(text) == name)
  }

  @Test("has each name once, and none that Swift has a use for")
  func identifiers() {
    var names = Identifiers()
    #expect(names.take(["uart"]) == "uart")
    #expect(names.take(["uart", "uart-9000000"]) == "uart9000000")
    #expect(names.take(["uart"], suffix: "Node") == "uartNode")
    #expect(names.take(["uart"]) == "uart2")
    #expect(names.take(["cpu0"]) == "cpu0")
    #expect(names.take(["cpu0"]) == "cpu0x2")
    #expect(names.take(["default"], suffix: "Label") == "defaultLabel")
    #expect(names.take(["platform"], suffix: "Label") == "platformLabel")
    #expect(names.take(["in"]) == "in2")
  }

  @Test("is split into globals that the compiler reads fast")
  func pieces() throws {
    let children = (0..<500).map { index in
      Node("child", at: GuestAddress(UInt64(index))) {
        for number in 0..<(index % 7) { Property("p\(number)", 1) }
      }
    }
    let platform = Platform("p") {
      VirtualMachine("g", architecture: .arm64) {
        Node("bus") { for child in children { child } }
      }
    }
    var printer = SourcePrinter()
    let text = printer.text(of: platform)
    var longest = 0
    var current = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      current = line.isEmpty ? 0 : current + 1
      longest = max(longest, current)
    }
    #expect(longest < 120)
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 100 })
  }
}

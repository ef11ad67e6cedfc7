import Testing

@testable import VMMInterface

@Suite("XML, read")
struct XMLReaderTests {
  private func read(_ text: String, _ limits: XMLReader.Limits = .init()) throws(XMLReadingError)
    -> XMLElement
  {
    try XMLReader.element(Array(text.utf8), limits: limits)
  }

  @Test("gives elements, attributes, text and namespaces")
  func document() throws {
    let element = try read(
      """
      <?xml version='1.0' encoding='UTF-8'?>
      <!-- a domain -->
      <a xmlns:q='urn:q' x="1 &lt; 2"><b/> t&amp;&#x41;&#66;<![CDATA[<&]]>
        <q:c q:y='2'>u</q:c><d xmlns='urn:d'><e/></d>
      </a>
      """)
    #expect(element.name == "a")
    #expect(element[attribute: "x"] == "1 < 2")
    #expect(element.children.map(\.name) == ["b", "c", "d"])
    #expect(element.children.map(\.namespace) == ["", "urn:q", "urn:d"])
    #expect(element.children[2].children[0].namespace == "urn:d")
    #expect(element.trimmedText == "t&AB<&")
    #expect(element.children[1][attribute: "q:y"] == "2")
    #expect(element.children[1].line == 4)
    #expect(element["c"] == nil)
  }

  @Test(
    "refuses what is no document, or more than one",
    arguments: [
      ("", 1, "an element begins with '<'"),
      ("<a>\n<b>\n</a>", 3, "'<b>' of line 2 ends with another name"),
      ("<a x='1' x='2'/>", 1, "the attribute 'x' stands twice"),
      ("<a x=1/>", 1, "the value of an attribute stands in quotes"),
      ("<a x='1'y='2'/>", 1, "attributes are separated by spaces"),
      ("<a x='<'/>", 1, "'<' in a value is written as '&lt;'"),
      ("<a>", 1, "the document ends in '<a>' of line 1"),
      ("<a/><b/>", 1, "there is something behind the end of the document"),
      ("<a>&b;</a>", 1, "nobody says what '&b;' stands for"),
      ("<a>&#0;</a>", 1, "'&#0;' is no character that XML has"),
      ("<a>&#+65;</a>", 1, "'&#+65;' is no character that XML has"),
      ("<a>&#x110000;</a>", 1, "'&#x110000;' is no character that XML has"),
      ("<a>a & b</a>", 1, "'&' is written as '&amp;'"),
      ("<q:a/>", 1, "nobody says what the prefix 'q' stands for"),
      ("<a><!-- </a>", 1, "a comment has no end"),
      ("<a>\u{1}</a>", 1, "has a character that XML doesn't have"),
      (
        "<!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>", 1,
        "has a document type declaration, which isn't read"
      ),
      ("<?xml version='1.0' encoding='UTF-16'?><a/>", 1, "the encoding is another one than UTF-8"),
    ] as [(String, Int, String)])
  func faults(_ text: String, _ line: Int, _ message: String) {
    #expect(throws: XMLReadingError(line: line, message: message)) { try read(text) }
  }

  @Test("refuses what isn't UTF-8")
  func encoding() {
    #expect(throws: XMLReadingError(line: 1, message: "no UTF-8")) {
      try XMLReader.element(Array("<a>".utf8) + [0xff] + Array("</a>".utf8))
    }
  }

  @Test("has limits on depth, number and size")
  func limits() throws {
    var limits = XMLReader.Limits()
    limits.depth = 3
    limits.count = 5
    limits.size = 1 << 20
    _ = try read("<a><a><a/></a></a>", limits)
    for text in [
      "<a><a><a><a/></a></a></a>", "<a><b/><b/><b/><b/><b/></a>", "<a b='' c='' d='' e='' f=''/>",
      "<a>" + String(repeating: " ", count: 1 << 20) + "</a>",
    ] {
      #expect(throws: XMLReadingError.self) { try read(text, limits) }
    }
    let deep = String(repeating: "<a>", count: 1_000_000)
    #expect(throws: XMLReadingError(line: 1, message: "elements are more than 64 deep")) {
      try read(deep)
    }
  }

  /// Whatever is cut off or changed of a document, it is read or refused, and nothing else happens.
  @Test("takes a document that was damaged anywhere")
  func damaged() {
    let text = Array(
      "<?xml version='1.0'?><a x='&lt;'><!--c--><b:c xmlns:b='d'>&#65;<![CDATA[e]]></b:c></a>".utf8)
    for end in text.indices {
      #expect(throws: XMLReadingError.self) { try XMLReader.element(Array(text[..<end])) }
    }
    for index in text.indices {
      for byte: UInt8 in [0x00, 0x26, 0x3c, 0x3e, 0x27, 0x3a, 0xff] {
        var damaged = text
        damaged[index] = byte
        _ = try? XMLReader.element(damaged)
      }
    }
  }
}

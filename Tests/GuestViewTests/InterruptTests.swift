import DTGenTestSupport
import DeviceTree
import GuestView
import Testing

@Suite("Interrupts")
struct InterruptTests {
  @Test("a GIC's specifier is decoded", .requires(.dtc))
  func gic() throws {
    let view = try guest("&disk { interrupts = <0 16 1>, <1 13 0xf04>, <2 3 4>, <7 0 0>; };")
    let interrupts = view.interrupts(of: view.node("/virtio@a000000"))
    #expect(
      interrupts.map { $0.gic?.name } == [
        "SPI 16 (INTID 48)", "PPI 13 (INTID 29)", "extended SPI 3 (INTID 4099)", nil,
      ])
    #expect(interrupts.map { $0.gic?.trigger } == [1, 4, 4, nil])
    #expect(interrupts.map(\.cells) == [0..<3, 3..<6, 6..<9, 9..<12])
  }

  @Test("interrupts-extended is preferred and names its controllers", .requires(.dtc))
  func extended() throws {
    let view = try guest(
      """
      / { other: other { interrupt-controller; #interrupt-cells = <1>; }; };
      &disk { interrupts-extended = <&other 9>, <&gic 0 20 4>; };
      """)
    let interrupts = view.interrupts(of: view.node("/virtio@a000000"))
    #expect(interrupts.map(\.controller.name) == ["other", "interrupt-controller@8000000"])
    #expect(interrupts.map { $0.gic?.number } == [nil, 20])
    #expect(interrupts.map(\.cells) == [1..<2, 3..<6])
  }

  @Test("the parent is the nearest that is named, or an ancestor that is one", .requires(.dtc))
  func parents() throws {
    let view = try guest(
      """
      / {
        nexus { interrupt-controller; #interrupt-cells = <1>; inside { device { }; }; };
        circle-1 { phandle = <0x77>; interrupt-parent = <0x78>; };
        circle-2 { phandle = <0x78>; interrupt-parent = <0x77>; };
        pass: pass { interrupt-parent = <&gic>; };
        through { interrupt-parent = <&pass>; };
        lost { interrupt-parent = <0x99>; };
      };
      """)
    func parent(_ path: String) -> String? { view.interruptParent(of: view.node(path))?.name }
    #expect(parent("/virtio@a000000") == "interrupt-controller@8000000")
    #expect(parent("/nexus/inside/device") == "nexus")
    #expect(parent("/circle-1") == nil)
    #expect(parent("/through") == "interrupt-controller@8000000")
    #expect(parent("/lost") == nil)
  }

  @Test("of two nodes with one phandle the first counts", .requires(.dtc))
  func duplicatePhandles() throws {
    let view = try view(
      "/ { a { phandle = <5>; }; b { phandle = <5>; linux,phandle = <6>; }; };")
    #expect(view.phandles.node(for: 5)?.name == "a")
    #expect(view.phandles.node(for: 6)?.name == "b")
    #expect(view.phandles.node(for: 0) == nil)
    #expect(view.phandles.entries.map(\.phandle) == [5, 5, 6])
  }
}

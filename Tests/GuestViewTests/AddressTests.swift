import DTGenTestSupport
import DeviceTree
import GuestView
import Testing

@Suite("Addresses")
struct AddressTests {
  @Test("a range may end at 2⁶⁴ and not beyond")
  func rangesEndAtTheTop() throws {
    let whole = try #require(AddressRange(from: 0, through: .max))
    #expect(whole.size == 1 << 64)
    let top = try #require(AddressRange(at: 0xffff_ffff_ffff_f000, size: 0x1000))
    #expect(top.last == .max)
    #expect(AddressRange(at: 0xffff_ffff_ffff_f000, size: 0x1001) == nil)
    #expect(AddressRange(at: 0x1000, size: 0) == nil)
    #expect(RangeSet([whole, top]).ranges == [whole])
  }

  @Test("a set of ranges holds what its parts hold together")
  func setsMerge() throws {
    let low = try #require(AddressRange(at: 0x1000, size: 0x1000))
    let next = try #require(AddressRange(at: 0x2000, size: 0x1000))
    let far = try #require(AddressRange(at: 0x8000, size: 0x1000))
    let set = RangeSet([far, next, low])
    #expect(set.ranges.map(\.first) == [0x1000, 0x8000])
    #expect(set.contains(try #require(AddressRange(at: 0x1800, size: 0x1000))))
    #expect(!set.contains(try #require(AddressRange(at: 0x2800, size: 0x1000))))
    #expect(set.overlaps(try #require(AddressRange(at: 0x2fff, size: 0x5001))))
    #expect(!set.overlaps(try #require(AddressRange(at: 0x3000, size: 0x5000))))
  }

  @Test("every pair that overlaps is found, and no other")
  func pairsAreComplete() throws {
    // A small domain, whole: all triples of ranges within eight addresses.
    let ranges = (0..<6).flatMap { first in
      (1...(6 - first)).compactMap { AddressRange(at: UInt64(first), size: UInt64($0)) }
    }
    for one in ranges {
      for other in ranges {
        for third in ranges {
          let items = [one, other, third].sorted()
          let found = Overlaps.pairs(among: items, by: \.self).count
          let expected = [(0, 1), (0, 2), (1, 2)].count { items[$0].overlaps(items[$1]) }
          #expect(found == expected)
        }
      }
    }
  }

  @Test("sizes are in the largest unit that says them exactly")
  func sizesAreReadable() {
    #expect(ByteText.size(0x80_0000) == "8 MiB")
    #expect(ByteText.size(0x18_0000) == "1.5 MiB")
    #expect(ByteText.size(0x400) == "1 KiB")
    #expect(ByteText.size(0x401) == "1025 bytes")
    #expect(ByteText.size(UInt128.max).hasSuffix(" bytes"))
    #expect(ByteText.size(-1) == "0 bytes")
    #expect(ByteText.size(1) == "1 byte")
    #expect(ByteText.size(UInt128(1) << 64) == "16 EiB")
    #expect(ByteText.hexAndSize(0x400) == "0x400 (1 KiB)")
  }

  @Test("an address is translated through the ranges of every bus", .requires(.dtc))
  func translation() throws {
    let view = try view(
      """
      / {
        #address-cells = <2>;
        #size-cells = <2>;
        outer {
          compatible = "simple-bus";
          #address-cells = <1>;
          #size-cells = <1>;
          ranges = <0x0 0x1 0x0 0x100000>, <0x200000 0x0 0x9000000 0x1000>;
          inner {
            compatible = "simple-bus";
            #address-cells = <1>;
            #size-cells = <1>;
            ranges = <0x0 0x8000 0x1000>;
            device@100 { reg = <0x100 0x20>; };
            edge@ff0 { reg = <0xff0 0x20>; };
          };
          empty {
            #address-cells = <1>;
            #size-cells = <1>;
            ranges;
            device@200010 { reg = <0x200010 0x10>; };
          };
          none {
            #address-cells = <1>;
            #size-cells = <1>;
            device@100 { reg = <0x100 0x20>; };
          };
          nothing@4 { reg = <0x4 0x0>; };
        };
      };
      """)
    func translation(_ path: String) throws -> Result<AddressRange, TranslationFailure> {
      try #require(view.registers(of: view.node(path)).first).translation
    }
    #expect(try translation("/outer/inner/device@100").get().first == 0x1_0000_8100)
    #expect(try translation("/outer/empty/device@200010").get().first == 0x900_0010)
    let inner = view.node("/outer/inner")
    #expect(
      try translation("/outer/inner/edge@ff0") == .failure(.outsideRanges(inner)))
    let none = view.node("/outer/none")
    #expect(
      try translation("/outer/none/device@100") == .failure(.withoutRanges(none)))
    #expect(try translation("/outer/nothing@4") == .failure(.empty))
  }

  @Test("of windows that overlap, the first in the list counts", .requires(.dtc))
  func firstWindowWins() throws {
    let view = try view(
      """
      / {
        #address-cells = <1>;
        #size-cells = <1>;
        bus {
          #address-cells = <1>;
          #size-cells = <1>;
          ranges = <0x1000 0x50000000 0x1000>, <0x0 0x60000000 0x10000>;
          a@1800 { reg = <0x1800 0x10>; };
          b@2000 { reg = <0x2000 0x10>; };
        };
      };
      """)
    #expect(view.registers(of: view.node("/bus/a@1800")).first?.range?.first == 0x5000_0800)
    #expect(view.registers(of: view.node("/bus/b@2000")).first?.range?.first == 0x6000_2000)
  }

  @Test("cells that a node doesn't state are its ancestors', as in Linux", .requires(.dtc))
  func cellsAreInherited() throws {
    let view = try view(
      "/ { #address-cells = <2>; bus { #size-cells = <0>; deep { }; }; };")
    #expect(view.cells(of: view.tree.root) == CellCounts(address: 2, size: 1))
    #expect(view.cells(of: view.node("/bus/deep")) == CellCounts(address: 2, size: 0))
  }

  @Test("the address map has an owner for every claim, by address", .requires(.dtc))
  func claims() throws {
    let view = try guest(
      """
      /memreserve/ 0x48000000 0x10000;
      / {
        chosen {
          linux,initrd-start = <0x44000000>;
          linux,initrd-end = <0x0 0x45000000>;
        };
        pcie@10000000 {
          compatible = "pci-host-ecam-generic";
          device_type = "pci";
          #address-cells = <3>;
          #size-cells = <2>;
          reg = <0x40 0x10000000 0x0 0x10000000>;
          ranges = <0x2000000 0x0 0x10000000 0x0 0x10000000 0x0 0x2eff0000>;
          device@1,0 { reg = <0x800 0 0 0 0>; };
        };
      };
      """)
    let text = view.addressMap.claims.map { "\($0.range.first) \($0.kind) \($0.owner)" }
    #expect(
      text == [
        "\(0x800_0000) deviceWindow interrupt-controller@8000000",
        "\(0x80a_0000) deviceWindow interrupt-controller@8000000",
        "\(0xa00_0000) deviceWindow virtio@a000000",
        "\(0x1000_0000) pciWindow pcie@10000000",
        "\(0x4000_0000) memory memory@40000000",
        "\(0x4400_0000) initialRAMDisk initial RAM disk",
        "\(0x4800_0000) memoryReservation /memreserve/",
        "\(0x4f00_0000) reservedRegion restricted-dma-pool@4f000000",
        "\(0x40_1000_0000) deviceWindow pcie@10000000",
      ])
    // Where a claim says it stands, the file has the number.
    let pool = try #require(view.addressMap.claims(.reservedRegion).first)
    #expect(pool.byteRange.count == 16)
    #expect(
      Array(view.tree.bytes[pool.byteRange])
        == [0, 0, 0, 0, 0x4f, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0])
  }
}

import DTGenTestSupport
import DeviceTree
import GuestView
import Testing

@Suite("Several machines", .requires(.dtc))
struct MachinesViewTests {
  /// A machine with reserved regions; `frontend` has a device that bounces through the region `shared`.
  private func machine(_ name: String, _ regions: String, frontend: Bool = false) throws
    -> MachinesView.Machine
  {
    let device = """
        virtio@a000200 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa000200 0x0 0x200>;
          interrupts = <0 17 1>;
          dma-coherent;
          memory-region = <&shared>;
        };
      """
    return MachinesView.Machine(
      name: name,
      view: try view(
        """
        / {
          #address-cells = <2>;
          #size-cells = <2>;
          interrupt-parent = <&gic>;
          memory@40000000 {
            device_type = "memory";
            reg = <0x0 0x40000000 0x0 0x40000000>;
          };
          reserved-memory {
            #address-cells = <2>;
            #size-cells = <2>;
            ranges;
            \(regions)
          };
          gic: interrupt-controller@8000000 {
            compatible = "arm,gic-v3";
            reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80a0000 0x0 0xf60000>;
            interrupt-controller;
            #interrupt-cells = <3>;
          };
          \(frontend ? device : "")
        };
        """))
  }

  private func pool(_ name: String, _ base: String, extra: String = "") -> String {
    """
    shared: \(name) {
      compatible = "restricted-dma-pool";
      reg = <0x0 \(base) 0x0 0x1000000>;
      \(extra)
    };
    """
  }

  private func region(_ name: String, _ base: String, extra: String = "no-map;") -> String {
    "\(name) { reg = <0x0 \(base) 0x0 0x1000000>; \(extra) };"
  }

  private func frontend(_ name: String, _ base: String, extra: String = "") throws
    -> MachinesView.Machine
  {
    try machine("front", pool(name, base, extra: extra), frontend: true)
  }

  /// The shares as `name: file/node (role, why)`.
  private func told(_ view: MachinesView) -> [String] {
    view.shares.map { share in
      "\(share.name): "
        + share.parties.map { party in
          "\(view.machine(of: party).name)/\(party.node?.name ?? "-") "
            + "(\(party.role?.rawValue ?? "none"), \(party.match))"
        }.joined(separator: ", ")
    }
  }

  @Test(
    "are matched by identifier, name, base and overlap, in this order",
    arguments: [
      ("ring@50000000", "xen,id = \"one\";", "shm@60000000", "xen,id = \"one\";", "by xen,id one"),
      ("ring@50000000", "shm-id = <7>;", "shm@60000000", "shm-id = <7>;", "by its shm-id"),
      ("ring@50000000", "", "ring@50000000", "", "by the name ring@50000000"),
      ("ring@50000000", "", "ring@60000000", "", "by the name ring"),
      ("ring@50000000", "", "shm@50000000", "", "by the base 0x50000000"),
      ("ring@50000000", "", "shm@50800000", "", "by overlapping, and its size"),
    ])
  func keys(front: String, frontExtra: String, back: String, backExtra: String, why: String)
    throws
  {
    func base(_ name: String) -> String { "0x" + (name.split(separator: "@").last ?? "0") }
    let view = try MachinesView([
      frontend(front, base(front), extra: frontExtra),
      machine("back", region(back, base(back), extra: "no-map; " + backExtra)),
    ])
    let share = try #require(view.shares.first)
    #expect(view.shares.count == 1)
    #expect(share.parties.map(\.match.description) == [why, why])
    #expect(share.parties.map(\.role) == [.frontend, .backend])
    #expect(view.ownPools.isEmpty)
  }

  @Test("nodes that are named after their kind are no match, unless they have one base")
  func kinds() throws {
    let front = try frontend("restricted-dma-pool@50000000", "0x50000000")
    let other = try machine("back", region("restricted-dma-pool@60000000", "0x60000000"))
    let apart = try MachinesView([front, other])
    #expect(apart.shares.isEmpty)
    #expect(apart.ownPools.map(\.machine) == [0])
    let same = try machine("back", region("region@50000000", "0x50000000"))
    #expect(try MachinesView([front, same]).shares.count == 1)
  }

  @Test("pools of one name in both are each machine's own, unless they have the same addresses")
  func ownPools() throws {
    let one = try machine("one", pool("bounce@50000000", "0x50000000"), frontend: true)
    let two = try machine("two", pool("bounce@60000000", "0x60000000"), frontend: true)
    let apart = try MachinesView([one, two])
    #expect(apart.shares.isEmpty)
    #expect(apart.ownPools.count == 2)
    let twin = try machine("two", pool("bounce@50000000", "0x50000000"), frontend: true)
    let together = try MachinesView([one, twin])
    #expect(told(together).count == 1)
    #expect(together.shares[0].backends.isEmpty)
    let quiet = try MachinesView([one, twin], settings: SharingSettings(search: .names))
    #expect(quiet.shares.isEmpty)
  }

  @Test("regions that nobody does DMA with are no share, and a named one is")
  func firmware() throws {
    let machines = try [
      machine("one", region("secmon@50000000", "0x50000000")),
      machine("two", region("secmon@50000000", "0x50000000")),
    ]
    #expect(try MachinesView(machines).shares.isEmpty)
    let named = try MachinesView(machines, settings: SharingSettings(selections: ["secmon"]))
    #expect(named.shares.map(\.parties.count) == [2])
    #expect(named.shares[0].parties.allSatisfy { $0.role == nil })
  }

  @Test("a bank of memory, a reservation or a window with a pool's addresses is its other side")
  func claims() throws {
    let front = try frontend("ring@50000000", "0x50000000")
    let back = MachinesView.Machine(
      name: "back",
      view: try view(
        """
        / {
          #address-cells = <2>;
          #size-cells = <2>;
          memory@40000000 {
            device_type = "memory";
            reg = <0x0 0x40000000 0x0 0x8000000>, <0x0 0x50000000 0x0 0x1000000>;
          };
        };
        """))
    let view = try MachinesView([front, back])
    #expect(
      view.shares.map { $0.parties.map(\.what) } == [
        ["restricted DMA pool of 1 device", "ordinary memory"]
      ])
  }

  @Test(
    "are asked for by name, label, identifier, compatible and address",
    arguments: [
      "ring", "ring@50000000", "shared", "one", "restricted-dma-pool", "0x50000000", "0x50000800",
      "1342177280",
    ])
  func selections(selection: String) throws {
    let label = "__symbols__ { shared = \"/reserved-memory/ring@50000000\"; };"
    let source = """
      / {
        #address-cells = <2>;
        #size-cells = <2>;
        reserved-memory {
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;
          \(pool("ring@50000000", "0x50000000", extra: "xen,id = \"one\";"))
        };
        \(label)
      };
      """
    let front = MachinesView.Machine(name: "front", view: try view(source))
    let back = try machine("back", region("ring@50000000", "0x50000000"))
    let view = try MachinesView(
      [front, back], settings: SharingSettings(selections: [selection]))
    #expect(view.shares.map(\.name) == [selection])
    #expect(view.shares[0].parties.map(\.machine) == [0, 1])
    #expect(view.shares[0].parties.compactMap(\.node?.name) == ["ring@50000000", "ring@50000000"])
  }

  @Test("what names nothing, or several regions, is refused with what there is")
  func refusals() throws {
    let front = try frontend("ring@50000000", "0x50000000")
    let two = try machine(
      "two", region("ring@50000000", "0x50000000") + region("ring@60000000", "0x60000000"))
    func refusal(_ settings: SharingSettings) -> SharingError? {
      do throws(SharingError) {
        _ = try MachinesView([front, two], settings: settings)
        return nil
      } catch {
        return error
      }
    }
    let nothing = try #require(refusal(SharingSettings(selections: ["none"])))
    #expect(nothing.code == .namesNothing)
    #expect(
      nothing.description.hasSuffix(
        "there is front: ring@50000000, two: ring@50000000, two: ring@60000000"))
    #expect(refusal(SharingSettings(selections: ["ring"]))?.code == .ambiguous)
    #expect(refusal(SharingSettings(parties: ["none": 3]))?.code == .unknownShare)
    #expect(throws: SharingError.self) { _ = try MachinesView([front, front]) }
  }

  @Test("what is declared has the roles and the place that are declared")
  func declared() throws {
    let front = try frontend("ring@50000000", "0x50000000")
    let back = try machine("back", region("shm@60000000", "0x60000000"))
    let range = try #require(AddressRange(at: 0x5000_0000, size: 0x100_0000))
    func view(_ name: String) throws -> MachinesView {
      try MachinesView(
        [front, back],
        settings: SharingSettings(
          declared: [
            DeclaredShare(
              name: name, range: range,
              parties: [
                .init(machine: "back", role: .frontend), .init(machine: "front", role: .backend),
              ])
          ]))
    }
    let share = try view("shm").shares[0]
    #expect(share.parties.map(\.role) == [.backend, .frontend])
    #expect(share.parties.map(\.machine) == [0, 1])
    #expect(share.expected?.range == range)
    // Of the other machine's RAM nothing else is known by a name that no node has.
    #expect(try view("other").shares[0].parties.last?.what == "ordinary memory")
    #expect(throws: SharingError.self) {
      _ = try MachinesView(
        [front, back],
        settings: SharingSettings(
          declared: [DeclaredShare(name: "a", range: range, parties: [.init(machine: "none")])]))
    }
  }

  /// A tree with so many pools, all with the same addresses.
  private func crowd(of count: Int) throws -> FlattenedTree {
    let cells = [Property("#address-cells", .u32(1)), Property("#size-cells", .u32(1))]
    let regions = (0..<count).map { number in
      Node(
        "r\(number)@50000000",
        properties: [
          Property("compatible", .string("restricted-dma-pool")),
          Property("reg", .cells([0x5000_0000, 0x100_0000])),
        ])
    }
    let reserved = Node(
      "reserved-memory", properties: cells + [Property("ranges", .empty)], children: regions)
    return try FlattenedTree(
      Tree(root: Node("", properties: cells, children: [reserved])).flattened())
  }

  @Test("ten machines are matched as two are, and many regions take no longer than they have to")
  func many() throws {
    var machines = [try frontend("ring@50000000", "0x50000000")]
    for number in 1..<10 {
      machines.append(try machine("back\(number)", region("ring@50000000", "0x50000000")))
    }
    #expect(try MachinesView(machines).shares.map(\.parties.count) == [10])
    // All at one place, which is as bad as it gets.
    let crowded = try (0..<3).map { number in
      MachinesView.Machine(name: "m\(number)", view: GuestView(tree: try crowd(of: 3000)))
    }
    let start = ContinuousClock.now
    let view = try MachinesView(crowded)
    #expect(view.shares.count == 3000)
    #expect(ContinuousClock.now - start < .seconds(30))
  }
}

@Suite("A map of the host")
struct HostMapTests {
  private func range(_ first: UInt64, _ last: UInt64) throws -> AddressRange {
    try #require(AddressRange(from: first, through: last))
  }

  @Test("has pieces of the host behind a range, and those that follow each other are one")
  func pieces() throws {
    let entries = [(0x1000, 0x9000, 0x1000), (0x2000, 0xa000, 0x1000), (0x3000, 0x5000, 0x1000)]
      .compactMap { HostMap.Entry(guest: $0.0, host: $0.1, size: $0.2) }
    let map = HostMap(file: "map", machines: [entries.reversed()])
    let pieces = map.pieces(of: try range(0x1800, 0x37ff), in: 0)
    #expect(pieces.map(\.host) == [try range(0x9800, 0xafff), try range(0x5000, 0x57ff)])
    #expect(map.pieces(of: try range(0x1800, 0x37ff), in: 1).isEmpty)
  }

  @Test("tells the first part that has nothing behind it")
  func gaps() throws {
    let entries = [(0x1000, 0x9000, 0x1000), (0x3000, 0x5000, 0x1000)]
      .compactMap { HostMap.Entry(guest: $0.0, host: $0.1, size: $0.2) }
    let map = HostMap(file: "map", machines: [entries])
    #expect(map.gap(in: try range(0x1000, 0x1fff), of: 0) == nil)
    #expect(map.gap(in: try range(0x1000, 0x3fff), of: 0) == (try range(0x2000, 0x2fff)))
    #expect(map.gap(in: try range(0x800, 0x3fff), of: 0) == (try range(0x800, 0xfff)))
    #expect(map.gap(in: try range(0x3000, 0x4fff), of: 0) == (try range(0x4000, 0x4fff)))
    #expect(map.gap(in: try range(0x5000, 0x5fff), of: 0) == (try range(0x5000, 0x5fff)))
    #expect(
      map.gap(in: try range(0x1000, 0x3fff), of: 0, besides: [try range(0x2000, 0x2fff)]) == nil)
    let whole = HostMap.Entry(guest: 0, host: 0, size: .max).map { [$0] } ?? []
    #expect(
      HostMap(file: "map", machines: [whole]).gap(in: try range(0, .max), of: 0)
        == (try range(.max, .max)))
  }

  @Test("is refused where an address would pass the end of all addresses")
  func ends() {
    #expect(HostMap.Entry(guest: 0, host: .max, size: 2) == nil)
    #expect(HostMap.Entry(guest: .max, host: 0, size: 2) == nil)
    #expect(HostMap.Entry(guest: 0, host: 0, size: 0) == nil)
  }
}

import DTGenTestSupport
import DeviceTree
import Testing

@Suite("merging a description onto a base", .requires(.dtc))
struct MergeTests {
  /// What a VMM might dump: other names, other numbers, and more than a description knows.
  private static let base = """
    /dts-v1/;
    /memreserve/ 0x1000 0x1000;
    / {
      #address-cells = <2>; #size-cells = <2>;
      compatible = "vmm,machine"; model = "vmm";
      interrupt-parent = <0x8001>;
      chosen { kaslr-seed = <1 2>; bootargs = "quiet"; };
      memory { device_type = "memory"; reg = <0 0x40000000 0 0x40000000>; };
      cpus {
        #address-cells = <2>; #size-cells = <0>;
        cpu@9 { device_type = "cpu"; compatible = "arm,armv8"; reg = <0 0>; };
        cpu@1 { device_type = "cpu"; compatible = "arm,armv8"; reg = <0 1>; };
      };
      gic@8000000 {
        compatible = "arm,gic-v3"; interrupt-controller; #interrupt-cells = <3>;
        #address-cells = <2>; #size-cells = <2>; ranges;
        reg = <0 0x8000000 0 0x10000>; phandle = <0x8001>;
      };
      armv8-timer { compatible = "arm,armv8-timer", "arm,armv7-timer"; interrupts = <1 13 4>; };
      smc { compatible = "arm,psci-1.0", "arm,psci-0.2"; method = "hvc"; };
      virtio_mmio@a000000 {
        compatible = "virtio,mmio"; reg = <0 0xa000000 0 0x200>; interrupts = <0 16 1>; dma-coherent;
      };
      rtc@9010000 { compatible = "arm,pl031"; reg = <0 0x9010000 0 0x1000>; };
    };
    """

  private func dump(_ change: (String) -> String = { $0 }) throws -> Tree {
    Tree(try FlattenedTree(DTC.compile(change(Self.base), options: ["-f"]).bytes))
  }

  private func reg(_ cells: UInt32...) -> Property { Property("reg", .cells(cells)) }

  private func node(_ name: String, _ compatible: String, _ more: Property...) -> Node {
    Node(name, properties: [Property("compatible", .string(compatible))] + more)
  }

  private func description(_ children: Node...) -> Tree {
    Tree(
      root: Node(
        "",
        properties: [
          Property("#address-cells", .u32(2)), Property("#size-cells", .u32(2)),
          Property("compatible", .string("linux,dummy-virt")),
        ], children: children))
  }

  private let defaults: Set<TreeMerge.Default> = [.init(node: "/", property: "compatible")]

  private func merge(
    _ tree: Tree, onto base: Tree, _ references: [TreeReference] = [],
    stated: Set<String> = []
  ) -> TreeMerge {
    TreeMerge(of: tree, onto: base, references: references, defaults: defaults, stated: stated)
  }

  private func reference(
    _ node: String, _ property: String, _ target: String, _ kind: TreeReference.Kind = .phandle
  ) -> TreeReference {
    TreeReference(node: node, property: property, offset: 0, kind: kind, target: target)
  }

  @Test("finds nodes by path, by address, by role, and processors by reg")
  func matches() throws {
    let cpus = Node(
      "cpus", properties: [Property("#address-cells", .u32(1)), Property("#size-cells", .u32(0))],
      children: [
        Node("cpu@0", properties: [Property("device_type", .string("cpu")), reg(0)]),
        Node("cpu@1", properties: [Property("device_type", .string("cpu")), reg(1)]),
        Node("cpu@2", properties: [Property("device_type", .string("cpu")), reg(2)]),
      ])
    let merge = merge(
      description(
        Node(
          "memory@40000000",
          properties: [
            Property("device_type", .string("memory")), reg(0, 0x4000_0000, 0, 0x4000_0000),
          ]),
        cpus, node("psci", "arm,psci-1.0"), node("timer", "arm,armv8-timer"),
        node("virtio@a000000", "virtio,mmio"), node("virtio@a000200", "virtio,mmio")),
      onto: try dump())
    #expect(merge.conflicts.isEmpty)
    let found = Dictionary(uniqueKeysWithValues: merge.matches.map { ($0.node, $0) })
    #expect(found["/memory@40000000"]?.base == "/memory")
    #expect(found["/memory@40000000"]?.means == .address)
    #expect(found["/cpus"]?.means == .path)
    #expect(found["/cpus/cpu@0"]?.base == "/cpus/cpu@9")
    #expect(found["/cpus/cpu@0"]?.means == .processor)
    #expect(found["/cpus/cpu@1"]?.means == .path)
    #expect(found["/psci"]?.base == "/smc")
    #expect(found["/timer"]?.base == "/armv8-timer")
    #expect(found["/virtio@a000000"]?.base == "/virtio_mmio@a000000")
    #expect(merge.added == ["/cpus/cpu@2", "/virtio@a000200"])
    // The base counts two cells for a processor's number.
    let merged = try FlattenedTree(merge.tree.flattened())
    #expect(merged.node(at: "/cpus")?.property("#address-cells")?.u32 == 2)
    #expect(merged.node(at: "/cpus/cpu@2")?.property("reg")?.number(at: 0, cells: 2) == 2)
    #expect(merged.node(at: "/cpus/cpu@9")?.property("reg")?.count == 8)
  }

  @Test("keeps what the base alone has, and takes what the description says")
  func properties() throws {
    let merge = merge(
      description(
        Node("chosen", properties: [Property("bootargs", .string("debug"))]),
        node(
          "virtio@a000000", "virtio,mmio", reg(0, 0xa00_0000, 0, 0x200),
          Property("interrupts", .cells([0, 17, 1])))),
      onto: try dump())
    let merged = try FlattenedTree(merge.tree.flattened())
    #expect(merged.node(at: "/chosen")?.property("kaslr-seed")?.count == 8)
    #expect(merged.node(at: "/chosen")?.property("bootargs")?.string == "debug")
    let device = try #require(merged.node(at: "/virtio_mmio@a000000"))
    #expect(device.has("dma-coherent"))
    #expect(device.property("interrupts")?.cell(1) == 17)
    // A default is no statement.
    #expect(merged.root.property("compatible")?.string == "vmm,machine")
    #expect(merged.memoryReservations.map(\.address) == [0x1000])
    #expect(
      merge.replaced.map { "\($0.node) \($0.property)" } == [
        "/chosen bootargs", "/virtio_mmio@a000000 interrupts",
      ])
  }

  @Test("lets a compatible alone that says more than the description's")
  func compatible() throws {
    let merge = merge(description(node("psci", "arm,psci-0.2")), onto: try dump())
    #expect(merge.replaced.isEmpty)
    #expect(
      merge.tree.root.children.first { $0.name == "smc" }?["compatible"]
        == .strings(["arm,psci-1.0", "arm,psci-0.2"]))
  }

  @Test(
    "gives references the base's numbers, and new nodes new ones, wherever they are known to lie")
  func phandles() throws {
    var pool = Node("pool", properties: [Property("phandle", .u32(2))])
    pool.children = []
    let tree = description(
      node("interrupt-controller@8000000", "arm,gic-v3", Property("phandle", .u32(1))), pool,
      Node(
        "user",
        properties: [
          Property("interrupt-parent", .u32(1)), Property("memory-region", .u32(2)),
          Property("number", .u32(1)),
        ]),
      Node("aliases", properties: [Property("gic0", .string("/interrupt-controller@8000000"))]))
    let merge = merge(
      tree, onto: try dump(),
      [
        reference("/user", "interrupt-parent", "/interrupt-controller@8000000"),
        reference("/user", "memory-region", "/pool"),
        reference("/aliases", "gic0", "/interrupt-controller@8000000", .path),
      ])
    #expect(merge.conflicts.isEmpty)
    let merged = try FlattenedTree(merge.tree.flattened())
    let user = try #require(merged.node(at: "/user"))
    #expect(user.property("interrupt-parent")?.u32 == 0x8001)
    #expect(user.property("memory-region")?.u32 == 0x8002)
    #expect(merged.node(at: "/pool")?.property("phandle")?.u32 == 0x8002)
    #expect(user.property("number")?.u32 == 1)
    #expect(merged.node(at: "/aliases")?.property("gic0")?.string == "/gic@8000000")
    #expect(merged.node(at: "/gic@8000000")?.property("phandle")?.u32 == 0x8001)
    #expect(merge.references.map(\.target) == ["/gic@8000000", "/pool", "/gic@8000000"])
    #expect(merge.paths["/interrupt-controller@8000000"] == "/gic@8000000")
  }

  @Test("finds free numbers where the base has the largest")
  func fullBase() throws {
    let base = try dump { $0.replacing("0x8001", with: "0xfffffffe") }
    let merge = merge(
      description(
        Node("pool", properties: [Property("phandle", .u32(1))]),
        Node("user", properties: [Property("memory-region", .u32(1))])),
      onto: base, [reference("/user", "memory-region", "/pool")])
    let merged = try FlattenedTree(merge.tree.flattened())
    #expect(merged.node(at: "/pool")?.property("phandle")?.u32 == 1)
    #expect(merged.node(at: "/user")?.property("memory-region")?.u32 == 1)
  }

  @Test("keeps a phandle that the description states, where the base leaves it free")
  func stated() throws {
    let tree = description(Node("first", properties: [Property("phandle", .u32(0x77))]))
    let free = merge(tree, onto: try dump(), stated: ["/first"])
    #expect(free.conflicts.isEmpty)
    #expect(free.tree.root.children.last?["phandle"] == .u32(0x77))
    let taken = merge(
      tree, onto: try dump { $0.replacing("0x8001", with: "0x77") }, stated: ["/first"])
    #expect(
      taken.conflicts == [MergeConflict(node: "/first", kind: .phandle(0x77, base: "/gic@8000000"))]
    )
  }

  @Test("refuses to guess which of several nodes is meant")
  func ambiguous() throws {
    let twice = try dump {
      $0.replacing(
        "rtc@9010000",
        with:
          "virtio-mmio@a000000 { compatible = \"virtio,mmio\"; reg = <0 0xa000000 0 0x200>; };\n"
          + "rtc@9010000")
    }
    let several = merge(description(node("virtio@a000000", "virtio,mmio")), onto: twice)
    #expect(
      several.conflicts == [
        MergeConflict(
          node: "/virtio@a000000",
          kind: .ambiguous(["/virtio_mmio@a000000", "/virtio-mmio@a000000"]))
      ])
    let taken = merge(
      description(
        node("virtio_mmio@a000000", "virtio,mmio"), node("virtio@a000000", "virtio,mmio")),
      onto: try dump())
    #expect(
      taken.conflicts == [
        MergeConflict(
          node: "/virtio@a000000",
          kind: .taken(base: "/virtio_mmio@a000000", by: "/virtio_mmio@a000000"))
      ])
  }

  @Test("refuses to make one device of two")
  func otherDevice() throws {
    let merge = merge(
      description(node("gic@8000000", "arm,cortex-a15-gic")), onto: try dump())
    #expect(
      merge.conflicts == [
        MergeConflict(
          node: "/gic@8000000",
          kind: .otherDevice(base: "/gic@8000000", compatible: ["arm,gic-v3"]))
      ])
    // At one address, under another name, it is not the same device at all.
    let beside = self.merge(
      description(node("intc@8000000", "arm,cortex-a15-gic")), onto: try dump())
    #expect(beside.added == ["/intc@8000000"])
  }

  @Test("refuses a base that counts cells in another way")
  func cells() throws {
    let base = try dump {
      $0.replacing(
        "#address-cells = <2>; #size-cells = <2>;\n  compatible",
        with: "#address-cells = <1>; #size-cells = <1>;\n  compatible")
    }
    let merge = merge(description(), onto: base)
    #expect(
      merge.conflicts == [
        MergeConflict(
          node: "/", kind: .cells(base: "/", property: "#address-cells", was: 1, is: 2)),
        MergeConflict(
          node: "/", kind: .cells(base: "/", property: "#size-cells", was: 1, is: 2)),
      ])
    // What a node without the property has is known.
    let implied = try dump {
      $0.replacing("#address-cells = <2>; #size-cells = <2>;\n  compatible", with: "compatible")
    }
    #expect(
      self.merge(description(), onto: implied).conflicts.map(\.kind) == [
        .cells(base: "/", property: "#size-cells", was: 1, is: 2)
      ])
  }

  @Test("says so where a processor's number doesn't fit")
  func processor() throws {
    let narrow = try dump {
      $0.replacing(
        "#address-cells = <2>; #size-cells = <0>;", with: "#address-cells = <1>; #size-cells = <0>;"
      ).replacing("reg = <0 0>", with: "reg = <0>").replacing("reg = <0 1>", with: "reg = <1>")
    }
    func cpus(_ high: UInt32) -> Tree {
      description(
        Node(
          "cpus",
          properties: [Property("#address-cells", .u32(2)), Property("#size-cells", .u32(0))],
          children: [
            Node(
              "cpu@100", properties: [Property("device_type", .string("cpu")), reg(high, 0x100)])
          ]))
    }
    let fits = merge(cpus(0), onto: narrow)
    #expect(fits.conflicts.isEmpty)
    let added = try FlattenedTree(fits.tree.flattened()).node(at: "/cpus/cpu@100")
    #expect(added?.property("reg")?.u32 == 0x100)
    #expect(
      merge(cpus(1), onto: narrow).conflicts == [
        MergeConflict(
          node: "/cpus/cpu@100", kind: .processor(base: "/cpus/cpu@100", cells: 1))
      ])
  }

  @Test("says so where a new processor would have another's name")
  func processorName() throws {
    let merge = merge(
      description(
        Node(
          "cpus",
          properties: [Property("#address-cells", .u32(1)), Property("#size-cells", .u32(0))],
          children: [
            Node("cpu@9", properties: [Property("device_type", .string("cpu")), reg(9)])
          ])), onto: try dump())
    #expect(
      merge.conflicts == [
        MergeConflict(node: "/cpus/cpu@9", kind: .name(base: "/cpus/cpu@9"))
      ])
  }
}

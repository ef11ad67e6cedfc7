import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

@Suite("labels")
struct LabelTests {
  private func lower(
    @ComponentBuilder _ elements: () -> [Element]
  ) -> Lowering {
    Lowering(Platform("p") { VirtualMachine("guest", architecture: .arm64) { elements() } })
  }

  @Test("let nodes refer to each other in a circle")
  func circle() throws {
    let left = Label("left")
    let right = Label("right")
    let lowering = lower {
      Node("ports") {
        Node("endpoint", at: 0, label: left) { Property("remote-endpoint", .phandle(right)) }
        Node("endpoint", at: 1, label: right) { Property("remote-endpoint", .phandle(left)) }
      }
    }
    #expect(lowering.mistakes.isEmpty)
    let machine = try #require(lowering.machines.first)
    let tree = try FlattenedTree(machine.tree.flattened())
    let first = try #require(tree.node(at: "/ports/endpoint@0"))
    let second = try #require(tree.node(at: "/ports/endpoint@1"))
    #expect(first.property("remote-endpoint")?.u32 == second.property("phandle")?.u32)
    #expect(second.property("remote-endpoint")?.u32 == first.property("phandle")?.u32)
    #expect(machine.labels.map(\.path) == ["/ports/endpoint@0", "/ports/endpoint@1"])
    #expect(
      machine.references.map(\.target) == ["/ports/endpoint@1", "/ports/endpoint@0"])
  }

  @Test("say where a phandle lies in a property, and what a path stands for")
  func references() throws {
    let uart = Label("uart")
    let lowering = lower {
      Alias("serial0", for: uart)
      Node("serial", at: 0x1000, label: uart)
      Node("user") { Property("links", 7, .phandle(uart), 1) }
    }
    let machine = try #require(lowering.machines.first)
    #expect(
      machine.references == [
        LoweredReference(
          node: "/aliases", property: "serial0", offset: 0, kind: .path, target: "/serial@1000"),
        LoweredReference(
          node: "/user", property: "links", offset: 4, kind: .phandle, target: "/serial@1000"),
      ])
  }

  @Test("of a noun are those of its node")
  func noun() throws {
    let timer = Label("timer")
    let lowering = lower {
      GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
      ArchTimer().labelled(timer)
      Node("user") { Property("timer", .phandle(timer)) }
    }
    let machine = try #require(lowering.machines.first)
    #expect(machine.references.contains { $0.node == "/user" && $0.target == "/timer" })
  }

  @Test("that two nodes have, that no node has, and that nobody could write are mistakes")
  func mistakes() {
    let label = Label("here")
    let twice = lower {
      Node("one", label: label)
      Node("two", label: label)
    }
    #expect(twice.mistakes.map(\.id) == ["description/duplicate-name"])
    let nowhere = lower { Node("user") { Property("link", .phandle(label)) } }
    #expect(nowhere.mistakes.map(\.id) == ["description/unknown-reference"])
    let unspeakable = lower { Node("one", label: Label("a-b")) }
    #expect(unspeakable.mistakes.map(\.id) == ["description/invalid-name"])
  }

  @Test("leave a phandle alone that the description gives away itself")
  func statedPhandle() throws {
    let first = Label("first")
    let second = Label("second")
    let lowering = lower {
      Node("first", label: first)
      Node("second", label: second) { Property("phandle", 1) }
      Node("user") { Property("links", .phandle(first), .phandle(second)) }
    }
    #expect(lowering.mistakes.isEmpty)
    let machine = try #require(lowering.machines.first)
    let tree = try FlattenedTree(machine.tree.flattened())
    #expect(tree.node(at: "/first")?.property("phandle")?.u32 == 2)
    #expect(tree.node(at: "/second")?.property("phandle")?.u32 == 1)
    #expect(tree.node(at: "/user")?.property("links")?.number(at: 1, cells: 1) == 1)
  }

  @Test("a unit address may be more than a number, and one is enough")
  func unitAddress() throws {
    let lowering = lower { Node("virtio", unitAddress: "2,0") }
    #expect(lowering.machines.first?.tree.root.children.first?.name == "virtio@2,0")
    var both = Node("virtio", unitAddress: "2,0")
    both.at = 2
    #expect(lower { both }.mistakes.map(\.id) == ["description/invalid-name"])
    #expect(
      lower { Node("virtio", unitAddress: "2 0") }.mistakes.map(\.id)
        == ["description/invalid-name"])
  }

  @Test("properties can be added to the root")
  func root() {
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {}
          .adding { Property("model", "another") }
      })
    #expect(lowering.machines.first?.tree.root["model"] == .string("another"))
  }
}

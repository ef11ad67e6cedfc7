import DeviceTree
import GuestView

/// What pvmfw reads of a tree, by the functions of libfdt that it calls: they look neither at `status` nor at
/// any driver.
///
/// **Source:** Android packages/modules/Virtualization `guest/pvmfw/src/fdt.rs`.
struct PVMFW {
  /// Where crosvm's memory starts.
  ///
  /// **Source:** `libs/libvmbase/src/layout/crosvm.rs`, `MEM_START`.
  static let memoryStart: UInt64 = 0x8000_0000
  /// Where it starts with the firmware's own memory in front.
  ///
  /// **Source:** `libs/libvmbase/src/layout/crosvm.rs`, `PVMFW_START`.
  static let firmwareStart: UInt64 = 0x7fc0_0000
  /// The page of pvmfw's guests, in bytes.
  ///
  /// **Source:** `guest/pvmfw/src/helpers.rs`, `GUEST_PAGE_SIZE`.
  static let pageSize: UInt64 = 4 << 10
  /// What libfdt's Rust says of something that isn't there.
  static let notFound = "The requested node or property does not exist"

  /// One entry of a `reg`.
  struct Entry {
    let property: FlattenedTree.Property
    let cells: Range<Int>
    let address: UInt64
    let size: UInt64
  }

  private let view: GuestView

  init(_ view: GuestView) { self.view = view }

  /// `/memory`, with or without a unit address.
  var memoryNode: FlattenedTree.Node? { child("memory", of: view.tree.root) }

  /// The memory that it takes, where it takes any.
  var memory: Entry? {
    guard let node = memoryNode, node.property("device_type")?.isString("memory") ?? false else {
      return nil
    }
    return entry(of: node)
  }

  /// The first entry of the `reg` of `node`.
  func entry(of node: FlattenedTree.Node) -> Entry? {
    guard let property = node.property("reg"), let parent = node.parent else { return nil }
    let cells = view.cells(of: parent)
    guard (1...2).contains(cells.address), (1...2).contains(cells.size),
      let address = property.number(at: 0, cells: cells.address),
      let size = property.number(at: cells.address, cells: cells.size)
    else { return nil }
    return Entry(
      property: property, cells: 0..<(cells.address + cells.size), address: address, size: size)
  }

  /// The nodes compatible with `text`, disabled ones included.
  func nodes(_ text: String) -> NodeList { view.nodes(compatibleWith: text) }

  /// The CPUs that it counts.
  var cpus: NodeList { nodes("arm,armv8") }

  /// The child that libfdt finds by this name, with or without a unit address.
  func child(_ name: String, of node: FlattenedTree.Node) -> FlattenedTree.Node? {
    node.children.first { $0.isNamed(name) || $0.hasBaseName(name) }
  }
}

extension PVMFW.Entry {
  /// Behind the last address; at the end of all addresses where there is no such number.
  var end: UInt64 {
    let (end, isOver) = address.addingReportingOverflow(size)
    return isOver ? .max : end
  }
}

extension UInt64 {
  /// The number as the logs have it: `0x80000000`.
  var hex: String { ByteText.hex(self) }
}

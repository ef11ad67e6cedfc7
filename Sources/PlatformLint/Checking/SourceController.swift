import DeviceTree
import GuestView

/// An enabled PLIC or APLIC of RISC-V, whose interrupts are sources with numbers from 1 on.
struct SourceController {
  let node: FlattenedTree.Node
  /// `riscv,ndev` or `riscv,num-sources`; nil where there is none.
  let limit: FlattenedTree.Property?

  /// The highest number of a source; nil where the node doesn't say.
  var last: UInt32? { limit?.cell(0) }

  static func plics(in view: GuestView) -> [SourceController] {
    plicNodes(in: view).filter(view.isEnabled)
      .map { SourceController(node: $0, limit: $0.property("riscv,ndev")) }
  }

  /// The nodes of PLICs, enabled or not.
  static func plicNodes(in view: GuestView) -> NodeList {
    view.nodes(compatibleWithAny: ["riscv,plic0", "sifive,plic-1.0.0"])
  }

  static func aplics(in view: GuestView) -> [SourceController] {
    view.nodes(compatibleWith: "riscv,aplic").filter(view.isEnabled)
      .map { SourceController(node: $0, limit: $0.property("riscv,num-sources")) }
  }

  static func all(in view: GuestView) -> [SourceController] { plics(in: view) + aplics(in: view) }

  /// The enabled harts whose external interrupt at the level of Linux is none of `interrupts`.
  static func harts(
    leftOutBy interrupts: [InterruptSpecifier], in view: GuestView
  ) -> [FlattenedTree.Node] {
    let reached = Set(
      interrupts.filter { $0.property.cell($0.cells.lowerBound) == supervisorExternal }
        .map(\.controller.index))
    let harts = view.cpus.map(\.node)
    // Where some harts say how they translate, one that doesn't has no level for Linux.
    let someTranslate = harts.contains(where: translates)
    return harts.filter { hart in
      guard translates(hart) || !someTranslate else { return false }
      let own = hart.children.filter { $0.isCompatible("riscv,cpu-intc") && view.isEnabled($0) }
      return !own.isEmpty && !own.contains { reached.contains($0.index) }
    }
  }

  /// **Source:** Linux `Documentation/devicetree/bindings/riscv/cpus.yaml`, `mmu-type`.
  private static func translates(_ hart: FlattenedTree.Node) -> Bool {
    hart.property("mmu-type").map { !$0.isString("riscv,none") } ?? false
  }

  /// The external interrupt of a hart for the level that Linux runs on, S.
  ///
  /// **Source:** Linux `arch/riscv/include/asm/csr.h`, `IRQ_S_EXT`.
  static let supervisorExternal: UInt32 = 9
}

import DeviceTree
import PlatformDescription
import PlatformLowering

/// A VMM's machine that brings part of a tree as it is.
struct BorrowedMachine {
  /// The machine, with its number of processors and its memory.
  var machine: Machine
  /// The nodes that it brings.
  var nodes: Set<Int>
  /// Its interrupt controller.
  var controller: ImportedController?

  /// The machine whose every node is in the tree, exactly as it is there; nil where there is none.
  init?(_ survey: Survey, paths: PathIndex) {
    for machine in MachineCandidates(survey.tree).machines {
      var description = VirtualMachine(
        "machine", on: machine, cpus: machine.cpus, memory: machine.memory)
      description.declaration.location = SourceLocation(file: "", line: 1, column: 1)
      guard let lowered = Lowering(Platform(description)).machines.first else { continue }
      let comparison = Comparison(survey, lowered, paths: paths, leavingOut: [])
      let chosen = survey.tree.root.child("chosen")?.index
      // A PCI host that differs is described, in place of the machine's own.
      var described: Set<Int> = []
      let fits = comparison.discrepancies.allSatisfy { discrepancy in
        if discrepancy.node == 0 { return Self.canBeSaid(discrepancy.kind) }
        if survey.tree.nodes[discrepancy.node].property("device_type")?.string == "pci" {
          described.insert(discrepancy.node)
          return true
        }
        switch discrepancy.kind {
        // Who refers to it, and what is in it besides, is seen later.
        case .phandle, .missingChild: return true
        default: return discrepancy.node == chosen
        }
      }
      guard fits else { continue }
      self.machine = machine
      nodes = comparison.matched.subtracting([0, chosen ?? 0]).subtracting(described)
      controller =
        nodes.sorted().lazy.compactMap { index in
          ImportedController.Kind(of: survey.tree.nodes[index]).map {
            ImportedController(node: index, kind: $0)
          }
        }.first
      return
    }
    return nil
  }

  /// Whether the root can have it otherwise than the machine's.
  private static func canBeSaid(_ kind: Discrepancy.Kind) -> Bool {
    switch kind {
    case .missing, .different, .superfluous, .phandle, .missingChild: true
    case .superfluousChild(let name): name == "chosen"
    case .renamed, .moved: true
    }
  }
}

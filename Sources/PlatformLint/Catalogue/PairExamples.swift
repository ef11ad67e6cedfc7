import GuestView

/// The machines of the examples: one whose network device bounces through memory that another serves it
/// from.
enum PairExamples {
  /// Where the memory is: 16 MiB at 0x50000000.
  static let reg = "<0x0 0x50000000 0x0 0x1000000>"

  /// The machine whose devices bounce through the memory.
  ///
  /// `mark` stands behind the line with the addresses, `extra` in the node, and `more` behind it.
  static func frontend(
    _ name: String = "frontend.dtb", node: String = "vrings@50000000", reg: String = reg,
    mark: String = "", nodeMark: String = "", extra: String = "", more: String = ""
  ) -> PairExample.Machine {
    PairExample.Machine(
      name,
      """
      &reserved {
        vrings: \(node) {\(suffix(nodeMark))
          compatible = "restricted-dma-pool";
          reg = \(reg);\(suffix(mark))\(lines(extra, indent: 4))
        };
      };
      / {
        net: virtio@a000200 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa000200 0x0 0x200>;
          interrupts = <0 17 1>;
          dma-coherent;
          memory-region = <&vrings>;
        };
      };\(lines(more, indent: 0))
      """)
  }

  /// The machine that serves them.
  static func backend(
    _ name: String = "backend.dtb", node: String = "vrings@50000000", reg: String = reg,
    mark: String = "", nodeMark: String = "", extra: String = "no-map;", more: String = ""
  ) -> PairExample.Machine {
    PairExample.Machine(
      name,
      """
      &reserved {
        vrings: \(node) {\(suffix(nodeMark))
          reg = \(reg);\(suffix(mark))\(lines(extra, indent: 4))
        };
      };\(lines(more, indent: 0))
      """)
  }

  /// The mark behind a line on which something is found.
  static let finding = "// finding"

  /// Both, as they should be.
  static let pair = PairExample([frontend(), backend()])

  private static func suffix(_ mark: String) -> String { mark.isEmpty ? "" : "  " + mark }

  private static func lines(_ text: String, indent: Int) -> String {
    text.isEmpty
      ? ""
      : text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { "\n" + String(repeating: " ", count: indent) + $0 }.joined()
  }
}

/// Guests of Xen, as examples of its rules have them.
enum Dom0lessExamples {
  /// A node of a guest with these properties.
  static func domain(
    _ properties: String, kernel: String = kernel, mark: String = ""
  ) -> String {
    """
    &chosen {
      domU1 {\(mark)
        compatible = "xen,domain";
        #address-cells = <2>;
        #size-cells = <2>;
        \(properties)
    \(kernel.isEmpty ? "" : "\n" + kernel)
      };
    };
    """
    .split(separator: "\n", omittingEmptySubsequences: false)
    .filter { !$0.allSatisfy { $0 == " " } || $0.isEmpty }
    .joined(separator: "\n")
  }

  /// The module with a guest's kernel.
  static let kernel = """
        module@60000000 {
          compatible = "multiboot,kernel", "multiboot,module";
          reg = <0x0 0x60000000 0x0 0x1000000>;
        };
    """
}

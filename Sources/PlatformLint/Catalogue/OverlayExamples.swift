/// Overlays as a compiler writes them, with a fault where one is wanted.
enum OverlayExamples {
  /// A fragment with a target that `__fixups__` fills in at `place`.
  static func fixup(
    _ place: String, _ marker: String, target: String = "0xffffffff"
  ) -> Example {
    fragment(
      "target = <\(target)>;",
      more: """

          __fixups__ {
            soc = "\(place)";\(marker)
          };
        """)
  }

  /// A device that refers to a node of the overlay, which `__local_fixups__` says at `offset`.
  static func local(
    _ offset: String, _ marker: String, property: String = "interrupts-extended",
    node: String = "device"
  ) -> Example {
    fragment(
      "target-path = \"/\";",
      body: """
        device {
                interrupts-extended = <1 9>;
              };
              controller {
                #interrupt-cells = <1>;
                phandle = <1>;
              };
        """,
      more: """

          __local_fixups__ {
            fragment@0 {
              __overlay__ {
                \(node) {
                  \(property) = <\(offset)>;\(marker)
                };
              };
            };
          };
        """)
  }

  /// A device with a label that `__symbols__` says is at `path`.
  static func symbol(_ path: String, _ marker: String) -> Example {
    fragment(
      "target-path = \"/\";",
      body: """
        device {
                label = "device";
              };
        """,
      more: """

          __symbols__ {
            device = "\(path)";\(marker)
          };
        """)
  }

  /// One fragment with these properties, and what stands behind it.
  static func fragment(
    _ properties: String, _ marker: String = "", body: String = "model = \"changed\";",
    more: String = ""
  ) -> Example {
    Example(
      in: .none,
      """
      / {
        fragment@0 {\(marker)
          \(properties)
          __overlay__ {
            \(body)
          };
        };\(more)
      };
      """)
  }
}

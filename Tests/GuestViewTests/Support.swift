import DTGenTestSupport
import DeviceTree
import GuestView

/// A tree in device tree source, as the guest sees it.
func view(_ source: String, features: DeviceFeatures? = nil) throws -> GuestView {
  let bytes = try ExampleCompiler("/dts-v1/;\n" + source).bytes
  return GuestView(tree: try FlattenedTree(bytes), features: features)
}

/// A guest with one pool and one device; what is in `changes` is laid over it.
func guest(_ changes: String, features: DeviceFeatures? = nil) throws -> GuestView {
  var reservations = ""
  var rest = ""
  for line in changes.split(separator: "\n") {
    if line.hasPrefix("/memreserve/") { reservations += line + "\n" } else { rest += line + "\n" }
  }
  return try view(
    reservations + """
      / {
        #address-cells = <2>;
        #size-cells = <2>;
        interrupt-parent = <&gic>;
        memory: memory@40000000 {
          device_type = "memory";
          reg = <0x0 0x40000000 0x0 0x10000000>;
        };
        reserved: reserved-memory {
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;
          pool: restricted-dma-pool@4f000000 {
            compatible = "restricted-dma-pool";
            reg = <0x0 0x4f000000 0x0 0x400000>;
          };
        };
        gic: interrupt-controller@8000000 {
          compatible = "arm,gic-v3";
          reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80a0000 0x0 0xf60000>;
          interrupt-controller;
          #interrupt-cells = <3>;
        };
        disk: virtio@a000000 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa000000 0x0 0x200>;
          interrupts = <0 16 1>;
          dma-coherent;
          memory-region = <&pool>;
        };
      };

      """ + rest, features: features)
}

extension GuestView {
  /// The node at `path`; the root where there is none, which no test means.
  func node(_ path: String) -> FlattenedTree.Node { tree.node(at: path) ?? tree.root }
}

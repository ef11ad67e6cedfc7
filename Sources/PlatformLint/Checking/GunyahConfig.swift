import DeviceTree
import GuestView

/// What Gunyah's resource manager reads of a tree.
///
/// **Source:** gunyah-resource-manager `src/vm_config/vm_config_parser.c`, `vm_config_listener`.
enum GunyahConfig {
  /// The page of the hypervisor, in bytes.
  static let pageSize: UInt64 = 4 << 10
  /// What it rounds the base of memory up to, in bytes.
  static let blockSize: UInt64 = 2 << 20

  /// `/gunyah-vm-config`, or `/qcom,vm-config` as it was called before.
  static func node(in view: GuestView) -> FlattenedTree.Node? {
    view.tree.root.children.first {
      $0.isNamed("gunyah-vm-config") || $0.isNamed("qcom,vm-config")
    }
  }
}

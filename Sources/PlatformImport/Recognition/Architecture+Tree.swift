import DeviceTree
import PlatformDescription

extension Architecture {
  /// The instruction set of the processors of `tree`.
  init(of tree: FlattenedTree) { self = .arm64 }
}

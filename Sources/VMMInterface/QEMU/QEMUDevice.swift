/// A virtio device of a machine of QEMU: what it offers, and where it is.
public struct QEMUDevice: Sendable, Hashable {
  /// Where it is.
  public enum Place: Sendable, Hashable {
    /// In this window for virtio-mmio.
    case slot(Int)
    /// On the first bus of the machine's PCI host, by device and function.
    case function(UInt16)
    /// Behind the bridge that QEMU calls so, by device and function.
    case behindBridge(String, UInt16)
  }

  /// What `-device` calls it.
  public var model: String
  /// Where it is.
  public var place: Place
  /// The virtio device ID.
  public var deviceID: Int
  /// The feature bits that it offers, in ascending order.
  public var features: [Int]
}

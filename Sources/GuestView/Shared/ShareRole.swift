/// What a machine does with memory that it shares.
public enum ShareRole: String, Sendable, Hashable, Codable, CaseIterable {
  /// Its devices' DMA bounces through the memory: it writes the virtqueues, with its own
  /// guest-physical addresses in them.
  case frontend
  /// It serves those devices, and reads and writes at the addresses that it finds there.
  case backend
}

// Written by `dtgen-dev boot --record`.

extension BootProof {
  /// The rules whose prediction was seen in a guest, by id.
  static let record: [String: BootProof] = [:]
}

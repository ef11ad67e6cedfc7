import PlatformDescription
import PlatformLowering

extension BuildReport {
  /// What keeps the memory of a guest from its host, and what follows; all sizes in bytes.
  struct Confidential: Encodable {
    /// As in a description: `pKVM`, `armCCA`, `sev`, `tdx`, `powerSVM` or `s390PV`.
    var kind: String
    /// What the devices take of Linux's default pool; absent where they have pools of their own.
    var bounced: UInt64?
    /// How large that pool is unless the kernel is told.
    var defaultPool: UInt64?
    /// What has to stand on the kernel's command line; absent where nothing has to.
    var kernelArgument: String?

    init(_ lowered: LoweredConfidentiality) {
      kind = lowered.kind.rawValue
      bounced = lowered.defaultPool?.need
      defaultPool = lowered.defaultPool?.usual
      kernelArgument = lowered.defaultPool?.kernelArgument
    }
  }
}

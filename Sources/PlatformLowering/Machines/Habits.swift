/// What a VMM writes besides what the bindings ask for.
struct Habits {
  /// A `cpu-map` below `/cpus`; all in one cluster says the same as none.
  var cpuMap = CPUMap.none
  /// `#address-cells` of `/cpus`.
  var cpuAddressCells = 1
  /// `status = "okay"` in each processor's node.
  var cpuStatus = false
  /// `arm,psci` behind the versions, with the function identifiers for kernels that know only PSCI
  /// 0.1; their numbers are those of PSCI 0.2.
  var psciFunctions = false
  /// `arm,armv7-timer` behind `arm,armv8-timer`.
  var armv7Timer = false
  /// `linux,pci-probe-only` in `/chosen`: the VMM has placed the windows of functions, and the guest
  /// leaves them where they are.
  ///
  /// **Source:** Linux `drivers/pci/of.c`, `of_pci_check_probe_only`.
  var pciProbeOnly = false
  /// The processors that a PPI is wired to in its flags, where the controller is a GICv3 too, to which
  /// they mean nothing.
  var processorsInPPIs = false
  /// The name of the bus that the machine's devices are on; nil for the root.
  var bus: String?

  /// What a `cpu-map` has.
  enum CPUMap {
    /// There is none.
    case none
    /// A cluster with all processors.
    case cluster
    /// A socket with a cluster with all processors.
    case socket
  }

  static let none = Habits()
}

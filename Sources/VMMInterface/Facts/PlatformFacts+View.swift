import DeviceTree
public import GuestView

extension PlatformFacts {
  /// Which machine serves a device: the device as its tree has it, and the name of the machine.
  public struct Backend: Sendable, Hashable {
    /// The machine of the device.
    public var machine: String
    /// The path of its node; of its host's for a function that has none.
    public var node: String
    /// Its bus, device and function; nil for one that has a node.
    public var requesterID: UInt16?
    /// The machine that serves it.
    public var server: String

    /// A device and who serves it.
    public init(machine: String, node: String, requesterID: UInt16? = nil, server: String) {
      self.machine = machine
      self.node = node
      self.requesterID = requesterID
      self.server = server
    }
  }

  /// What the guests of `view` see.
  ///
  /// - Parameters:
  ///   - platform: The name of the platform.
  ///   - view: The machines by their trees, with the shares that are declared, under the names of the
  ///     machines.
  ///   - backends: Who serves which device, where it isn't the VMM.
  ///   - domains: The domains of a hypervisor's IOMMUs.
  public init(
    platform: String, _ view: MachinesView, backends: [Backend] = [],
    domains: [DeclaredDomain] = []
  ) {
    self.init(platform: platform)
    machines = view.machines.map { Machine(name: $0.name) }
    var regionNumbers: [Place: Int] = [:]
    for (number, machine) in view.machines.enumerated() {
      var reading = FactsReading(machine.view, number, into: self)
      reading.read(backends.filter { $0.machine == machine.name }, among: machines)
      self = reading.facts
      for (node, region) in reading.regions {
        regionNumbers[Place(machine: number, node: node)] = region
      }
    }
    for share in view.shares {
      for party in share.parties {
        guard let range = party.range else { continue }
        let region = party.region.flatMap {
          regionNumbers[Place(machine: party.machine, node: $0.node.index)]
        }
        parties.append(
          Party(
            share: shares.count, machine: party.machine,
            role: share.frontends.isEmpty ? .peer : party.role == .frontend ? .frontend : .backend,
            region: region, first: range.first, last: range.last))
      }
      shares.append(Share(name: share.name))
    }
    add(domains)
  }

  private struct Place: Hashable {
    var machine: Int
    var node: Int
  }
}

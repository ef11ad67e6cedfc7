import PlatformDescription

/// What is wrong with the domains of a platform, as far as it takes more than one machine to see it.
///
/// **Source:** Linux `drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c`, `arm_smmu_insert_master`, by which a
/// stream is one device's; Android's pvmfw, `device_assignment.rs`, `validate_pviommu_topology`.
struct DomainCheck {
  /// A domain, with the machine in whose braces it stands.
  private struct Held {
    var machine: String
    var noun: IOMMUDomain
    var location: SourceLocation? { noun.declaration.location }
  }

  /// A stream of an IOMMU of a machine.
  private struct Stream: Hashable {
    var machine: String
    var iommu: Target
    var id: UInt32
  }

  private let platform: Platform
  /// The devices behind IOMMUs, by the machine; none for one that couldn't be lowered.
  private let uses: [String: [StreamUse]]
  private var domains: [Held] = []
  private(set) var mistakes: [Mistake] = []
  /// The machines that have a part in a mistake.
  private(set) var machines: Set<String> = []

  /// Checks all domains of `platform`.
  init(_ platform: Platform, uses: [String: [StreamUse]]) {
    self.platform = platform
    self.uses = uses
    for machine in platform.virtualMachines {
      for case .iommuDomain(let noun) in machine.elements {
        domains.append(Held(machine: machine.name, noun: noun))
      }
    }
    guard !domains.isEmpty else { return }
    checkNames()
    checkStreams()
    checkGuests()
  }

  private mutating func mistake(
    _ id: String, _ message: String, of machine: String, at location: SourceLocation?, help: String,
    related: [Mistake.Related] = []
  ) {
    let mistake = Mistake(id, message, at: location, help: help, related: related)
    // A device with several streams has one pool.
    if mistakes.last != mistake { mistakes.append(mistake) }
    machines.insert(machine)
  }

  private mutating func checkNames() {
    var names: [String: SourceLocation?] = [:]
    let known = platform.virtualMachines.map(\.name)
    for domain in domains {
      let name = domain.noun.name
      if let first = names[name] {
        mistake(
          "description/duplicate-name", "two domains of '\(platform.name)' are named '\(name)'",
          of: domain.machine, at: domain.location, help: "give one of them another name",
          related: [.init("the first is here", at: first)])
      }
      names[name] = .some(domain.location)
      if domain.noun.members.isEmpty {
        mistake(
          "description/domain-without-streams", "no DMA goes through the domain '\(name)'",
          of: domain.machine, at: domain.location,
          help: "name the streams of its devices in 'members:', or leave it out")
      }
      if !known.contains(domain.noun.owner) {
        mistake(
          "description/unknown-owner",
          "the domain '\(name)' is of '\(domain.noun.owner)', and no virtual machine is called that",
          of: domain.machine, at: domain.location,
          help: "'of:' takes one of \(known.map { "'\($0)'" }.joined(separator: ", "))")
      }
    }
  }

  /// Whether each stream is in one domain, and each that is in one is some device's.
  private mutating func checkStreams() {
    var taken: [Stream: SourceLocation?] = [:]
    for domain in domains {
      for member in domain.noun.members {
        let iommu = Target(member.iommu)
        let stream = Stream(machine: domain.machine, iommu: iommu, id: member.stream)
        if let first = taken[stream] {
          mistake(
            "description/stream-twice",
            "stream \(member.stream) of this SMMU is in two domains", of: domain.machine,
            at: member.location,
            help: "leave it in one of them: a device has one set of page tables",
            related: [.init("the first is here", at: first)])
          continue
        }
        taken[stream] = .some(member.location)
        guard let uses = uses[domain.machine] else { continue }
        if !uses.contains(where: { $0.iommu == iommu && $0.holds(member.stream) }) {
          mistake(
            "description/stream-of-no-device",
            "no device of '\(domain.machine)' is stream \(member.stream) of this SMMU",
            of: domain.machine, at: member.location,
            help: "name the stream in 'iommus' of its device, or leave it out of the domain")
        }
      }
    }
    let owned = Set(taken.keys.map { Stream(machine: $0.machine, iommu: $0.iommu, id: 0) })
    for machine in platform.virtualMachines.map(\.name) {
      for use in uses[machine] ?? []
      where use.isDevice && owned.contains(Stream(machine: machine, iommu: use.iommu, id: 0)) {
        let isTaken = taken[Stream(machine: machine, iommu: use.iommu, id: use.id)] != nil
        check(use, of: machine, isTaken: isTaken)
      }
    }
  }

  private mutating func check(_ use: StreamUse, of machine: String, isTaken: Bool) {
    if !isTaken {
      mistake(
        "description/stream-without-domain",
        "stream \(use.id) is in no domain, and the hypervisor lets nothing past this IOMMU",
        of: machine, at: use.location, help: "name it in 'members:' of an IOMMUDomain")
    }
    if use.hasPool {
      mistake(
        "description/pool-and-domain",
        "this device has a restricted pool, and behind the hypervisor's IOMMU Linux never looks at it",
        of: machine, at: use.location, help: "leave out the pool, or 'iommus'")
    }
  }

  /// Whether what guests see of their domains is what their trees have.
  private mutating func checkGuests() {
    var taken: [Stream: SourceLocation?] = [:]
    for domain in domains {
      for member in domain.noun.members {
        guard let reference = member.guestIOMMU, let id = member.guestStream else { continue }
        let owner = domain.noun.owner
        let stream = Stream(machine: owner, iommu: Target(reference), id: id)
        if let first = taken[stream] {
          mistake(
            "description/stream-twice",
            "'\(owner)' knows two streams as \(id) of this IOMMU", of: domain.machine,
            at: member.location, help: "give each a number of its own",
            related: [.init("the first is here", at: first)])
          continue
        }
        taken[stream] = .some(member.location)
        guard let uses = uses[owner] else { continue }
        if !uses.contains(where: { $0.iommu == stream.iommu && $0.holds(id) }) {
          mistake(
            "description/stream-of-no-device",
            "no device of '\(owner)' is stream \(id) of this IOMMU", of: domain.machine,
            at: member.location,
            help: "name the stream in 'iommus' of its device there, or leave 'as:' out")
        }
      }
    }
    for machine in platform.virtualMachines.map(\.name) {
      for use in uses[machine] ?? [] {
        guard case .component("pkvmIOMMU", _, _) = use.iommu else { continue }
        let isTaken = taken[Stream(machine: machine, iommu: use.iommu, id: use.id)] != nil
        check(use, of: machine, isTaken: isTaken)
      }
    }
  }
}

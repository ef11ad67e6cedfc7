import GuestView

/// Trees that Xen boots with, of the examples: two domains that share 16 MiB.
enum XenExamples {
  /// What a domain's node has: the host's address, the guest's, and the size.
  static let extent = "<0x0 0x70000000 0x0 0x50000000 0x0 0x1000000>"

  /// One domain's node for memory that it shares.
  ///
  /// `extent` is nil for a node without `xen,shared-mem`, `id` for one without `xen,shm-id`. Marks stand behind
  /// the lines that they are named after.
  static func share(
    _ name: String = "vrings-shared-mem", id: String? = "vrings", extent: String? = extent,
    role: String? = nil, nodeMark: Bool = false, idMark: Bool = false, extentMark: Bool = false,
    roleMark: Bool = false
  ) -> String {
    var lines = ["\(name) {" + mark(nodeMark)]
    lines.append("  compatible = \"xen,domain-shared-memory-v1\";")
    if let id { lines.append("  xen,shm-id = \"\(id)\";" + mark(idMark)) }
    if let role { lines.append("  role = \"\(role)\";" + mark(roleMark)) }
    if let extent { lines.append("  xen,shared-mem = \(extent);" + mark(extentMark)) }
    return (lines + ["};"]).joined(separator: "\n")
  }

  /// The tree with `shares` of each domain; `properties` are further ones of the first domain.
  static func host(_ shares: [String]..., properties: String? = nil) -> Example {
    Example(in: .bare, text(shares, properties))
  }

  /// The same as one of several trees.
  static func host(named name: String, _ shares: [String]...) -> PairExample.Machine {
    PairExample.Machine(name, text(shares, nil))
  }

  /// A guest with what Xen makes of a share.
  static func guest(
    _ name: String, at address: String = "0x50000000", size: String = "0x1000000",
    id: String = "vrings", mark isMarked: Bool = false, idMark: Bool = false
  ) -> PairExample.Machine {
    PairExample.Machine(
      name,
      """
      &reserved {
        xen-shmem@\(address.dropFirst(2)) {
          compatible = "xen,shared-memory-v1";
          reg = <0x0 \(address) 0x0 \(size)>;\(mark(isMarked))
          xen,id = "\(id)";\(mark(idMark))
          xen,offset = <0x0 0x0>;
        };
      };
      """)
  }

  private static func text(_ domains: [[String]], _ properties: String?) -> String {
    let nodes = domains.enumerated().map { number, shares in
      let module = String(0x4800_0000 + number << 24, radix: 16)
      let own = number == 0 ? properties.map { [$0] } ?? [] : []
      let lines =
        [
          "compatible = \"xen,domain\";", "#address-cells = <2>;", "#size-cells = <2>;",
          "memory = <0x0 0x20000>;", "cpus = <1>;",
        ] + own + [
          "module@\(module) {",
          "  compatible = \"multiboot,kernel\", \"multiboot,module\";",
          "  reg = <0x0 0x\(module) 0x0 0x800000>;", "};",
        ] + shares.flatMap { $0.split(separator: "\n").map(String.init) }
      return (["  domU\(number + 1) {"] + lines.map { "    " + $0 } + ["  };"])
        .joined(separator: "\n")
    }
    return (["&chosen {"] + nodes + ["};"]).joined(separator: "\n")
  }

  private static func mark(_ isMarked: Bool) -> String { isMarked ? "  // finding" : "" }
}

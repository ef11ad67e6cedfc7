public import GuestView

/// Where the knowledge behind a rule comes from.
public struct Source: Sendable, Hashable, CustomStringConvertible {
  /// The work and the place in it: `Linux 6.12, mm/memblock.c, memblock_reserve`.
  public let description: String

  private init(_ description: String) { self.description = description }

  /// A file of the Linux kernel, and the functions in it that matter.
  public static func linux(_ file: String, _ functions: String...) -> Source {
    Source("Linux 6.12, " + ([file] + functions).joined(separator: ", "))
  }

  /// A section of the Devicetree Specification 0.4.
  public static func devicetree(_ section: String) -> Source {
    Source("Devicetree Specification 0.4, section \(section)")
  }

  /// A section of the virtio specification 1.3.
  public static func virtio(_ section: String) -> Source {
    Source("Virtual I/O Device (VIRTIO) 1.3, section \(section)")
  }

  /// A section of the ACPI Specification 6.5.
  public static func acpi(_ section: String) -> Source {
    Source("ACPI 6.5, section \(section)")
  }

  /// A binding of the Linux kernel.
  public static func binding(_ file: String) -> Source {
    Source("Linux 6.12, Documentation/devicetree/bindings/\(file)")
  }

  /// A schema that dt-schema itself brings, which the kernel's bindings build on.
  public static func schema(_ file: String) -> Source {
    Source("dt-schema 2026.9, \(file)")
  }

  /// A file of libfdt, and the functions in it that matter.
  public static func libfdt(_ file: String, _ functions: String...) -> Source {
    Source("libfdt 1.6.1, " + ([file] + functions).joined(separator: ", "))
  }

  /// Another program, and the place in it.
  public static func program(_ name: String, _ place: String) -> Source {
    Source("\(name), \(place)")
  }

  /// What somebody proposed, and nobody has merged.
  public static func proposal(_ proposal: Proposal) -> Source {
    Source("proposal of \(proposal.origin): \(proposal.source)")
  }

  /// What an arm64 guest with Linux 6.12 did under QEMU when it was given the defect.
  public static func observed(_ what: String) -> Source {
    Source("observed with Linux 6.12 on arm64: \(what)")
  }
}

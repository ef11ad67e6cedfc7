extension PlatformFacts {
  /// The types of ``cSource``: the same for every platform.
  public static let cHeader = """
    /* Written by dtgen: what a hypervisor compiles in, so that it needs no parser of device trees. C99. */
    #ifndef DTGEN_FACTS_H
    #define DTGEN_FACTS_H

    #include <stddef.h>
    #include <stdint.h>

    #define DTGEN_FACTS_VERSION \(version)

    /* In place of a row of another table, or of a number, where there is none. */
    #define DTGEN_NONE UINT32_MAX

    \(enumeration("REGION", Region.Kind.self))
    \(enumeration("ROLE", Party.Role.self))
    \(enumeration("IOMMU", IOMMU.Kind.self))
    \(enumeration("DEVICE", Device.Kind.self))
    \(enumeration("DMA", Device.Outcome.self))
    \(enumeration("WINDOW", Window.Kind.self))
    /* Addresses are guest-physical, and the last one is included. */

    struct dtgen_machine {
      const char *name;
    };

    struct dtgen_memory {
      uint32_t machine;
      uint64_t first, last;
    };

    struct dtgen_region {
      uint32_t machine;
      const char *node;
      enum dtgen_region_kind kind;
      uint32_t mapped;
      uint64_t first, last; /* 1 and 0 where the guest's kernel decides */
      uint64_t size;        /* in bytes, where it does, and else 0 */
    };

    struct dtgen_share {
      const char *name;
    };

    struct dtgen_party {
      uint32_t share, machine;
      enum dtgen_role_kind role;
      uint32_t region;
      uint64_t first, last;
    };

    struct dtgen_iommu {
      uint32_t machine;
      const char *node;
      enum dtgen_iommu_kind kind;
      uint32_t id; /* of pKVM's */
    };

    struct dtgen_device {
      uint32_t machine;
      const char *node;
      enum dtgen_device_kind kind;
      uint32_t function;  /* bus, device and function */
      uint32_t device_id; /* of virtio */
      uint64_t features[2]; /* bit N is bit N % 64 of word N / 64 */
      enum dtgen_dma_kind outcome;
      uint32_t region, iommu;
      uint32_t coherent; /* 1, 0 or none */
      uint32_t backend;  /* a machine */
    };

    struct dtgen_window {
      uint32_t device;
      enum dtgen_window_kind kind;
      uint64_t first, last;
    };

    struct dtgen_interrupt {
      uint32_t machine, device;
      const char *node, *controller;
      uint64_t number;  /* the INTID of a GIC, else the first cell */
      uint32_t trigger; /* 1 rising edge, 2 falling edge, 4 high level, 8 low level */
    };

    struct dtgen_stream {
      uint32_t iommu, device;
      uint32_t id, count;
      uint32_t function; /* the first, of a PCI host */
    };

    struct dtgen_domain {
      const char *name;
      uint32_t machine; /* whose tree has the IOMMUs */
      uint32_t owner;   /* whose memory the devices reach */
    };

    struct dtgen_member {
      uint32_t domain, iommu;
      uint32_t id;
      uint32_t guest_iommu, guest_id; /* what the owner sees */
    };

    struct dtgen_facts {
      uint32_t version;
      const char *platform;
      \(tables)
    };

    extern const struct dtgen_facts dtgen_facts;

    #endif

    """

  private static let tables = [
    ("machine", "machines"), ("memory", "memory"), ("region", "regions"), ("share", "shares"),
    ("party", "parties"), ("iommu", "iommus"), ("device", "devices"), ("window", "windows"),
    ("interrupt", "interrupts"), ("stream", "streams"), ("domain", "domains"),
    ("member", "members"),
  ].map { type, name in "const struct dtgen_\(type) *\(name);\n  uint32_t \(name)_count;" }
    .joined(separator: "\n  ")

  private static func enumeration<Value: CaseIterable & RawRepresentable<String>>(
    _ family: String, _ type: Value.Type
  ) -> String {
    let constants = type.allCases.map { "  \(constant(family, $0.rawValue))," }
    return "enum dtgen_\(family.lowercased())_kind {\n\(constants.joined(separator: "\n"))\n};\n"
  }

  /// `DTGEN_DEVICE_VIRTIO_MMIO` for `virtioMMIO`.
  static func constant(_ family: String, _ name: String) -> String {
    var words = ""
    var isUpper = true
    for letter in name {
      if letter.isUppercase, !isUpper { words += "_" }
      isUpper = letter.isUppercase
      words += letter.uppercased()
    }
    return "DTGEN_\(family)_\(words)"
  }
}

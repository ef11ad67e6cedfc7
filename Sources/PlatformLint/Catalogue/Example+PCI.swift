extension Example.Base {
  /// A PCI host behind the pool, and an ITS for its message-signalled interrupts.
  static let pciText = """
    &gic {
      #address-cells = <2>;
      #size-cells = <2>;
      ranges;

      its: msi-controller@8080000 {
        compatible = "arm,gic-v3-its";
        reg = <0x0 0x8080000 0x0 0x20000>;
        msi-controller;
        #msi-cells = <1>;
      };
    };
    / {
      pci: pcie@4010000000 {
        compatible = "pci-host-ecam-generic";
        device_type = "pci";
        reg = <0x40 0x10000000 0x0 0x10000000>;
        bus-range = <0x0 0xff>;
        #address-cells = <3>;
        #size-cells = <2>;
        #interrupt-cells = <1>;
        ranges = <0x2000000 0x0 0x10000000 0x0 0x10000000 0x0 0x20000000>,
                 <0x3000000 0x80 0x0 0x80 0x0 0x80 0x0>;
        interrupt-map-mask = <0x1800 0x0 0x0 0x7>;
        interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x3 0x4>,
                        <0x800 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x4 0x4>,
                        <0x1000 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x5 0x4>,
                        <0x1800 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x6 0x4>;
        msi-map = <0x0 &its 0x0 0x10000>;
        dma-coherent;
        memory-region = <&bounce>;
      };
    };
    """

  /// An SMMU in front of that PCI host, in the place of the pool.
  static let iommuText = """
    / {
      smmu: iommu@9050000 {
        compatible = "arm,smmu-v3";
        reg = <0x0 0x9050000 0x0 0x20000>;
        #iommu-cells = <1>;
        dma-coherent;
      };
    };
    &pci {
      iommu-map = <0x0 &smmu 0x0 0x10000>;
      /delete-property/ memory-region;
    };
    """
}

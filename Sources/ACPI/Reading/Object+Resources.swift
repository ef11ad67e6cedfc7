extension Namespace.Object {
  /// `_CRS`: the resources that the device has, or provides.
  ///
  /// **Source:** ACPI 6.5, section 6.2.2.
  public var currentResources: Evaluation<ResourceTemplate> { resources(of: "_CRS") }

  /// `_DMA`: what devices below can reach.
  ///
  /// **Source:** ACPI 6.5, section 6.2.4.
  public var dmaResources: Evaluation<ResourceTemplate> { resources(of: "_DMA") }

  /// The resources that the object of this name in it has.
  public func resources(of name: NameSegment) -> Evaluation<ResourceTemplate> {
    evaluation(of: name).map { value throws(ACPIError) in
      guard let range = value.bufferByteRange else {
        throw ACPIError(
          .badValue, "\(value.kind), and not a buffer of resources",
          byteOffset: value.byteOffset, objectPath: "\(path).\(name.text)")
      }
      return ResourceTemplate(
        namespace.tables[value.table].file, range, of: "\(path).\(name.text)",
        limit: namespace.limits.maximumDescriptors)
    }
  }
}

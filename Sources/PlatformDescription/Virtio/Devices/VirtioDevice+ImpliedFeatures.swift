extension VirtioDevice {
  /// The feature bits that follow from the queues and the parameters: a device with several pairs of
  /// queues that doesn't offer VIRTIO_NET_F_MQ has one pair for every driver.
  ///
  /// **Source:** VIRTIO 1.3, sections 5.1.2, 5.2.2, 5.3.2, 5.5.2 and 5.11.2.
  public var impliedFeatures: [VirtioFeature] {
    func has(_ queue: String) -> Bool { queues.contains { $0.name == queue } }
    var features: [VirtioFeature] = []
    switch deviceID {
    case 1:
      if case .network(let parameters) = effectiveParameters, parameters.mergeableReceiveBuffers {
        features.append(.network(.mrgRxbuf))
      }
      if queues.count > 2, !queues.count.isMultiple(of: 2) { features.append(.network(.ctrlVQ)) }
      if queues.count > 3 { features.append(.network(.mq)) }
    case 2:
      if case .block(let parameters) = effectiveParameters {
        if parameters.sizeMax != nil { features.append(.block(.sizeMax)) }
        if parameters.segMax != nil { features.append(.block(.segMax)) }
      }
      if queues.count > 1 { features.append(.block(.mq)) }
    case 3:
      if queues.count > 2 { features.append(.console(.multiport)) }
    case 5:
      if has("statsq") { features.append(.balloon(.statsVQ)) }
      if has("free_page_vq") { features.append(.balloon(.freePageHint)) }
      if has("reporting_vq") { features.append(.balloon(.pageReporting)) }
    case 26:
      if has("notificationq") { features.append(.fileSystem(.notification)) }
    default: break
    }
    return features
  }
}

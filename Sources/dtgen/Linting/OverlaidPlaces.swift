import DeviceTree
import Diagnostics

/// Leads places in a merged tree back to the files that it was merged from.
struct OverlaidPlaces {
  private let overlaid: OverlaidTree
  private let files: [String]

  init(_ overlaid: OverlaidTree, files: [String]) {
    self.overlaid = overlaid
    self.files = files
  }

  /// The finding with its places in the files.
  func moved(_ finding: Finding) -> Finding {
    var finding = finding
    finding.place = moved(finding.place)
    for index in finding.related.indices {
      finding.related[index].place = moved(finding.related[index].place)
    }
    return finding
  }

  private func moved(_ place: Place) -> Place {
    var place = place
    guard let path = place.node, let node = overlaid.tree.node(at: path) else {
      // Only the base has memory reservations; the merged tree has them at another place.
      let offset = place.byteOffset.flatMap { offset in
        overlaid.tree.memoryReservations.firstIndex { $0.byteOffset == offset }
      }
      let reservations = overlaid.sources[0].memoryReservations
      place.file = files[0]
      place.byteOffset = offset.flatMap {
        $0 < reservations.count ? reservations[$0].byteOffset : nil
      }
      return place
    }
    if let name = place.property, let property = node.property(name),
      let origin = overlaid.origin(of: property)
    {
      place.file = files[origin.source]
      place.byteOffset = place.byteOffset.map {
        $0 - property.byteRange.lowerBound + origin.property.byteRange.lowerBound
      }
    } else if let origin = overlaid.origin(of: node) {
      place.file = files[origin.source]
      place.byteOffset =
        path == "/" ? origin.node.byteOffset : origin.node.nameByteRange.lowerBound
    }
    return place
  }
}

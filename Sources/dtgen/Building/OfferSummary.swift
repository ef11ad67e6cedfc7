import Diagnostics
import PlatformDescription
import PlatformLowering

/// What `dtgen build` shows of a machine that its VMM describes: what its devices have to offer.
struct OfferSummary {
  /// So many devices are listed; of more, the first half of it.
  private static let most = 64

  private let offer: LoweredOffer
  private let style: TextStyle

  init(_ offer: LoweredOffer, style: TextStyle) {
    self.offer = offer
    self.style = style
  }

  /// The text, ending in a line break.
  func text(written: [(path: String, size: Int)]) -> String {
    let count = offer.devices.count
    var lines = [
      style.bold(offer.name) + "  "
        + style.dim("\(offer.architecture.rawValue), \(count) \(count == 1 ? "device" : "devices")"),
      "",
    ]
    if !written.isEmpty {
      let width = written.map(\.path.count).max() ?? 0
      lines += written.map {
        "  wrote  \($0.path.padded(to: width))  \(style.dim("\($0.size) bytes"))"
      }
      lines.append("")
    }
    lines += ["  " + style.bold("neither tree nor tables"), "    " + offer.reason, ""]
    lines += ["  " + style.bold("what the VMM has to offer")] + devices.map { "    " + $0 } + [""]
    if let confidentiality = offer.confidentiality {
      lines +=
        ["  " + style.bold("confidential guest")] + confidentiality.lines.map { "    " + $0 } + [""]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var devices: [String] {
    let all = offer.devices
    let shown = all.count > Self.most ? Array(all.prefix(Self.most / 2)) : all
    let rows = shown.map { device in
      (
        place: device.pciAddress?.description ?? device.path,
        type: VirtioDevice.typeName(of: device.deviceID),
        features: device.features.map { $0.name(on: device.deviceID) }.joined(separator: ", ")
      )
    }
    let places = rows.map(\.place.count).max() ?? 0
    let types = rows.map(\.type.count).max() ?? 0
    var lines = rows.map {
      "\($0.place.padded(to: places))  \($0.type.padded(to: types))  \($0.features)"
    }
    if shown.count < all.count { lines.append(style.dim("and \(all.count - shown.count) more")) }
    return lines
  }
}

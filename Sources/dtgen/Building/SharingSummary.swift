import Diagnostics
import GuestView
import PlatformDescription
import PlatformLowering

/// What `dtgen build` shows of memory that machines share: where it lies, what each has it for, and
/// whose devices are served through it.
struct SharingSummary {
  private let shares: [LoweredShare]
  private let style: TextStyle

  init(_ shares: [LoweredShare], style: TextStyle) {
    self.shares = shares
    self.style = style
  }

  /// The text, ending in an empty line; nothing where nothing is shared.
  var text: String {
    guard !shares.isEmpty else { return "" }
    return ([style.bold("shared memory"), ""] + shares.flatMap(lines)).joined(separator: "\n")
      + "\n"
  }

  private func lines(of share: LoweredShare) -> [String] {
    var lines: [String] = []
    if let range = share.parties.first?.role.range {
      lines.append(
        "  " + style.bold(share.name) + "  " + style.dim(ByteText.size(range.size.bytes)))
    }
    var rows = share.parties.map { party in
      [party.machine, Self.extent(of: party.role.range), party.role.use.words]
    }
    rows += share.devices.map { user in
      [
        user.machine, Self.name(of: user.device),
        (VirtioDevice.typeName(of: user.device.deviceID))
          + (user.device.backend.map { ", served by \($0)" } ?? ""),
      ]
    }
    let widths = [0, 1].map { column in rows.map { $0[column].count }.max() ?? 0 }
    lines += rows.map { row in
      "    \(row[0].padded(to: widths[0]))  \(row[1].padded(to: widths[1]))  \(row[2])"
    }
    return lines + [""]
  }

  private static func extent(of range: PlatformDescription.AddressRange) -> String {
    Summary.text(range.at.value, (range.at + range.size).value &- 1)
  }

  private static func name(of device: LoweredDevice) -> String {
    if !device.hasNode, let address = device.pciAddress { return address.description }
    return device.path.split(separator: "/").last.map(String.init) ?? device.path
  }
}

extension SharedMemoryRole.Use {
  /// What a machine does with the memory.
  var words: String {
    switch self {
    case .restrictedDMAPool: "restricted DMA pool"
    case .noMap: "reserved, not mapped"
    case .mapped: "reserved"
    }
  }
}

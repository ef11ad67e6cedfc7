import ACPI
import Diagnostics
import PlatformDescription
import PlatformLowering

/// What `dtgen build` shows of the tables of one machine: what was written, and which devices are where.
struct TableSummary {
  /// So many devices are listed; of more, the first half of it.
  private static let most = 64

  private let tables: BuiltTables
  private let style: TextStyle

  init(_ tables: BuiltTables, style: TextStyle) {
    self.tables = tables
    self.style = style
  }

  /// The text, ending in a line break.
  ///
  /// - Parameters:
  ///   - written: The files of the machine; empty where its tree's summary has named them.
  ///   - hasHeading: Whether the name of the machine stands above.
  /// - Returns: The text.
  func text(written: [(path: String, size: Int)], hasHeading: Bool) -> String {
    var lines: [String] = []
    if hasHeading {
      lines += [
        style.bold(tables.lowered.name) + "  " + style.dim(Self.counted(objects.count)), "",
      ]
    }
    if !written.isEmpty {
      let width = written.map(\.path.count).max() ?? 0
      lines += written.map {
        "  wrote  \($0.path.padded(to: width))  \(style.dim("\($0.size) bytes"))"
      }
      lines.append("")
    }
    lines.append("  " + style.bold("tables"))
    lines += tables.tables.map {
      let header = $0.table.header
      return "    \(header.signature)  \(header.oemID) \(header.oemTableID)  "
        + style.dim("\($0.bytes.count) bytes")
    }
    lines.append("")
    if !objects.isEmpty { lines += ["  " + style.bold("devices")] + devices + [""] }
    if let confidentiality = tables.lowered.confidentiality, !tables.lowered.hasTree {
      lines +=
        ["  " + style.bold("confidential guest")] + confidentiality.lines.map { "    " + $0 } + [""]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var objects: [LoweredTables.DeviceObject] { tables.lowered.objects }

  private static func counted(_ count: Int) -> String {
    count == 1 ? "1 device in its tables" : "\(count) devices in its tables"
  }

  private var devices: [String] {
    let shown = objects.count > Self.most ? Array(objects.prefix(Self.most / 2)) : objects
    let pathWidth = shown.map(\.path.count).max() ?? 0
    let idWidth = shown.map(\.hardwareID.count).max() ?? 0
    var rows = shown.map { object in
      let places =
        object.memory.map(Self.text)
        + object.interrupts.map { "GSI \($0)" }
      return "    \(object.path.padded(to: pathWidth))  "
        + "\(object.hardwareID.padded(to: places.isEmpty ? 0 : idWidth))"
        + (places.isEmpty ? "" : "  " + places.joined(separator: ", "))
    }
    if shown.count < objects.count {
      rows.append("    " + style.dim("and \(objects.count - shown.count) more"))
    }
    return rows
  }

  private static func text(_ range: PlatformDescription.AddressRange) -> String {
    let last = range.at.value &+ (max(range.size.bytes, 1) - 1)
    return Summary.text(range.at.value, last)
  }
}

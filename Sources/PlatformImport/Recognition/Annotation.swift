import DeviceTree
import PlatformDescription

/// What a reader of the text should know and the model doesn't say.
struct Annotation {
  private let recognition: Recognition
  private var survey: Survey { recognition.survey }

  init(_ recognition: Recognition) { self.recognition = recognition }

  /// Hands everything over to `printer`.
  func annotate(_ printer: inout SourcePrinter) {
    printer.header = header
    for node in survey.tree.nodes {
      printer.paths[recognition.location(of: node.index)] = node.path
    }
    for property in survey.tree.properties {
      let place = recognition.location(of: property)
      if survey.readings[property.index].form == .counts || isInterrupts(property) {
        printer.counts.insert(place)
      }
      let entries = survey.readings[property.index].entries
      if entries.count > 1 { printer.entries[place] = entries }
    }
    for (node, rejections) in recognition.rejections where recognition.raw.contains(node) {
      printer.notes[recognition.location(of: node)] = rejections.map {
        "No \($0.noun), since \($0.reason)."
      }
    }
    for (node, mention) in survey.mention {
      guard let phandle = survey.tree.nodes[node].property("phandle") else { continue }
      printer.notes[recognition.location(of: phandle)] = [
        "\(mention.node.path) may know it by this number: \(mention.name)."
      ]
    }
  }

  /// Interrupts are counted, whoever's they are.
  private func isInterrupts(_ property: FlattenedTree.Property) -> Bool {
    property.isNamed("interrupts") || property.isNamed("interrupts-extended")
  }

  private var header: [String] {
    var lines: [String] = []
    let origin = recognition.options.origin.map { " from \(Self.printable($0))" } ?? ""
    lines.append("Imported\(origin) by dtgen import.")
    let omitted = survey.omitted
    if !omitted.isEmpty {
      lines.append(
        "Left out, because it is drawn anew at each start: \(omitted.joined(separator: ", ")).")
    }
    return lines
  }

  /// The name of a file may be anything.
  private static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value >= 0x20 && $0.value < 0x7f ? $0 : "_" }))
  }
}

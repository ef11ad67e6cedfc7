/// A documentation comment, taken apart.
struct DocComment {
  /// The first paragraph, in one line.
  var summary = ""
  /// The paragraphs behind it, without lists of parameters and code.
  var discussion: [String] = []
  /// `**Source:** …`, in one line; nil for none.
  var source: String?
  /// What is said of each parameter, in one line.
  var parameters: [String: String] = [:]

  init(_ lines: [String]) {
    var paragraph: [String] = []
    var isCode = false
    var parameter: String?
    func close(_ comment: inout DocComment) {
      comment.add(paragraph.joined(separator: " "))
      paragraph = []
    }
    for line in lines {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("```") {
        if !isCode { close(&self) }
        isCode.toggle()
      } else if isCode {
        continue
      } else if text.isEmpty {
        close(&self)
        parameter = nil
      } else if let match = text.firstMatch(of: /^- (?:Parameter )?([A-Za-z]+):(.*)$/) {
        close(&self)
        parameter = String(match.1)
        // `Parameters`, `Returns` and `Throws` are no parameters, and nobody asks for them.
        parameters[String(match.1)] = String(match.2.drop { $0 == " " })
      } else if let name = parameter {
        parameters[name, default: ""] += " " + text
      } else {
        paragraph.append(String(text))
      }
    }
    close(&self)
  }

  private mutating func add(_ paragraph: String) {
    if paragraph.isEmpty { return }
    if paragraph.hasPrefix("**Source:**") {
      source = paragraph
    } else if summary.isEmpty {
      summary = paragraph
    } else {
      // What a colon led to was code.
      discussion.append(paragraph.hasSuffix(":") ? paragraph.dropLast() + "." : paragraph)
    }
  }
}

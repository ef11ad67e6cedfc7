/// A system call that a description was denied.
struct DeniedCall {
  let kind: String
  let path: String?
  let call: Int?

  /// What it tried, and why it can't.
  var sentence: String {
    "the description tried to \(attempt); a description is evaluated without rights: "
      + "it can't use files, processes or the network"
  }

  private var attempt: String {
    switch kind {
    case "read-file": "read the file \(file)"
    case "write-file": "write the file \(file)"
    case "inspect-file": path == nil ? "look for files" : "look for the file \(file)"
    case "change-file": "change the file \(file)"
    case "read-input": "read its input"
    case "execute": "run the program \(file)"
    case "process": "start a process or a thread"
    case "network": "open a socket"
    case "signal": "send or catch a signal"
    case "random": "draw random numbers"
    case "sleep": "sleep"
    default: call.map { "make system call \($0)" } ?? "make a system call"
    }
  }

  /// The path in quotes, without anything that a terminal would act on.
  private var file: String {
    guard let path else { return "(unknown)" }
    var text = "'"
    for scalar in path.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
        text += "\\u{\(String(scalar.value, radix: 16))}"
      default:
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "'"
  }
}
